import { route, type Address, type Message, type MessageResult, type Route } from "@mesibo-groups/core";
import { rely, type Behaviour } from "./behaviour.ts";
import { remember } from "./deliveries.ts";
import { liveGroup } from "./expiry.ts";
import { ownGroup } from "./fork.ts";
import { done, refused, type EngineOutcome, type Refused } from "./outcome.ts";
import { membersOf } from "./roster.ts";
import { ensureUser, userBehaviours } from "./users.ts";
import { userAt, type Delivery, type DeliveryState, type GroupState, type World } from "./world.ts";

/** How messages go, with what it rests on; who of a group gets one is core's `route`. */
export const messageBehaviours = {
  transient_not_stored: {
    id: "transient_not_stored",
    sentence: "A message with flag 4 is transient and never stored.",
    source: "MAB",
    confidence: "recorded",
  },
  sender_dropped: {
    id: "sender_dropped",
    sentence: "A sender among the recipients in to is dropped.",
    source: "MAB",
    confidence: "recorded",
  },
  forced_makes_users: {
    id: "forced_makes_users",
    sentence: "With forced, senders and recipients who are no users are made.",
    source: "MAB",
    confidence: "recorded",
  },
  strangers_refused: {
    id: "strangers_refused",
    sentence: "Without forced, a sender or recipient who is no user is refused.",
    source: "INFERRED from forced (MAB)",
    confidence: "assumed",
  },
  message_extends_expiry: {
    id: "message_extends_expiry",
    sentence: "Each message to a group pushes its expiry by expiryext.",
    source: "SEED says activity; that a message is the activity is INFERRED",
    confidence: "assumed",
  },
} as const satisfies Record<string, Behaviour>;

const TRANSIENT = 4;

const refusalOf = new Map([
  ["not_a_member", () => refused("notMember", ["from"])],
  ["member_not_selected", () => refused("permission", ["from"])],
  ["group_inactive", () => refused("paused", ["gid"])],
]);

function routeIn(group: GroupState, sender: Address): Route {
  const members = [...membersOf(group.roster)];
  const { flags, active, cursor } = group;
  return route({ group: { flags, active }, members, sender, cursor });
}

/** Who gets the message, or why it is refused. */
function plan(world: World, request: Message, now: number): { group?: GroupState; route?: Route } | Refused {
  const { from, to, gid } = request;
  if (gid === undefined && to.length === 0) return refused("missing", ["to", "gid"], "to or gid");
  const strangers =
    request.forced === true ? [] : [from, ...to].filter((address) => !world.uids.has(address));
  if (strangers[0] !== undefined) {
    rely(world, messageBehaviours.strangers_refused);
    return refused("user", [strangers[0] === from ? "from" : "to"], strangers[0]);
  }
  if (gid === undefined) return {};

  const group = liveGroup(world, gid, now);
  if (group === undefined) return refused("group", ["gid"]);
  const routed = routeIn(group, from);
  for (const rule of routed.because) rely(world, rule);
  const rule = routed.because[0]?.id ?? "";
  return routed.accepted ? { group, route: routed } : (refusalOf.get(rule)?.() ?? refused("group", ["gid"]));
}

/** A delivery before it is known what becomes of it. */
type Sent = Omit<Delivery, "state">;

function stateOf(world: World, { to, stored }: Sent): DeliveryState {
  if (userAt(world, to)?.online === true) return "delivered";
  rely(world, userBehaviours.online_by_hand);
  return stored ? "waiting" : "lost";
}

function deliver(world: World, sent: Sent): void {
  remember(world, { ...sent, state: stateOf(world, sent) });
}

/** Sends a message to users, to a group as its flags say, or to both. */
export function message(world: World, request: Message, now: number): EngineOutcome<MessageResult> {
  const planned = plan(world, request, now);
  if ("ok" in planned) return planned;

  const { from, to, gid, text, flag = 0 } = request;
  for (const address of [from, ...to]) ensureUser(world, address);
  const mid = world.nextMid;
  world.nextMid += 1;
  const keep = (flag & TRANSIENT) === 0;
  for (const address of to) {
    if (address !== from)
      deliver(world, { mid, from, to: address, gid: undefined, text, at: now, stored: keep });
  }
  const { group, route: routed } = planned;
  if (group !== undefined && routed !== undefined) {
    const own = ownGroup(world, group);
    own.cursor = routed.cursor;
    if (own.expiryext > 0) rely(world, messageBehaviours.message_extends_expiry);
    own.expiresAt += own.expiryext;
    for (const address of routed.recipients) {
      deliver(world, { mid, from, to: address, gid, text, at: now, stored: keep && routed.stored });
    }
  }
  return done({ mid });
}
