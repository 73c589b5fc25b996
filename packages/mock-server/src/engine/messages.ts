import { route, type Address, type Message, type MessageResult, type Route } from "@mesibo-groups/core";
import { liveGroup } from "./expiry.ts";
import { ownGroup } from "./fork.ts";
import { done, refused, type EngineOutcome, type Refused } from "./outcome.ts";
import { membersOf } from "./roster.ts";
import { ensureUser } from "./users.ts";
import { MAX_DELIVERIES, type Delivery, type GroupState, type World } from "./world.ts";

// mesibo: flag 4 marks a transient message, which is never stored (MAB).
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
  if (!world.uids.has(from) && request.forced !== true) return refused("user", ["from"], from);
  const unknown = to.find((address) => !world.uids.has(address));
  // mesibo: forced makes users who do not exist (MAB); that they are refused otherwise is INFERRED.
  if (unknown !== undefined && request.forced !== true) return refused("user", ["to"], unknown);
  if (gid === undefined) return {};

  const group = liveGroup(world, gid, now);
  if (group === undefined) return refused("group", ["gid"]);
  const routed = routeIn(group, from);
  const rule = routed.because[0]?.id ?? "";
  return routed.accepted ? { group, route: routed } : (refusalOf.get(rule)?.() ?? refused("group", ["gid"]));
}

function deliver(world: World, delivery: Delivery): void {
  world.deliveries.push(delivery);
  if (world.deliveries.length > MAX_DELIVERIES) world.deliveries.splice(0, MAX_DELIVERIES / 10);
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
  // mesibo: a sender in their own recipient list is dropped (MAB).
  for (const address of to) {
    if (address !== from)
      deliver(world, { mid, from, to: address, gid: undefined, text, at: now, stored: keep });
  }
  const { group, route: routed } = planned;
  if (group !== undefined && routed !== undefined) {
    const own = ownGroup(world, group);
    own.cursor = routed.cursor;
    // mesibo: activity pushes the expiry by expiryext (SEED); that a message is the activity is INFERRED.
    own.expiresAt += own.expiryext;
    for (const address of routed.recipients) {
      deliver(world, { mid, from, to: address, gid, text, at: now, stored: keep && routed.stored });
    }
  }
  return done({ mid });
}
