import type { Address, Message, Refusal, Rule } from "@mesibo-groups/core";
import { collect, decodeRequest } from "@mesibo-groups/core/wire";
import { forkWorld } from "../../engine/fork.ts";
import type { DeliveryState } from "../../engine/world.ts";
import { rule } from "../../ruling.ts";
import type { WorldEntry } from "../../worlds.ts";
import { encode } from "../encode.ts";
import type { Failure } from "../failure.ts";
import { liveGroups } from "../groups/live.ts";
import { routeNow } from "./reasons.tsx";

/** What would become of a message if it were sent now and met no fault. */
export interface Foreseen {
  readonly refusal: Refusal | undefined;
  /** Who it would go to, by what would become of it. */
  readonly recipients: ReadonlyMap<DeliveryState, ReadonlySet<Address>>;
  /** The rules of its group that decide. */
  readonly because: readonly Rule[];
}

const FORBIDDEN = 403;

/** Sends a message in a fork of the world, through the same codec and rules, and tells what became of it. */
export function foresee(entry: WorldEntry, message: Message): Foreseen | Failure {
  const body = encode("message", message, entry.token);
  if (typeof body !== "string") return body;
  const collected = collect({ query: "", contentType: "application/json", body });
  const world = forkWorld(entry.world);
  const { refusal } = rule({ ...entry, world }, { collected, generation: "v2" });

  const deliveries = world.deliveries.filter(({ mid }) => mid >= entry.world.nextMid);
  const byState = Map.groupBy(deliveries, ({ state }) => state);
  const decoded = decodeRequest("message", collected);
  const { from, gid } = decoded.ok ? decoded.request : message;
  const group = liveGroups(entry).find((each) => each.gid === gid);
  // A group's rules come last: a message that fails before never meets them.
  const asked = refusal === undefined || refusal.code === FORBIDDEN;
  return {
    refusal,
    recipients: new Map([...byState].map(([state, found]) => [state, new Set(found.map(({ to }) => to))])),
    because: asked && group !== undefined ? routeNow(group, from).because : [],
  };
}
