import type { Address, Gid } from "@mesibo-groups/core";
import { decodeAnswer, decodeRequest } from "@mesibo-groups/core/wire";
import type { Delivery } from "../../engine/world.ts";
import { readEntry } from "../../journal/read.ts";
import type { WorldEntry } from "../../worlds.ts";

/** A message with what became of it. */
export interface MessageFacts {
  readonly mid: number;
  readonly from: Address;
  readonly gid: Gid | undefined;
  readonly text: string;
  /** Unix seconds of the world's clock; undefined where nobody received it. */
  readonly at: number | undefined;
  readonly deliveries: readonly Delivery[];
}

function factsOf(mid: number, deliveries: readonly Delivery[]): MessageFacts | undefined {
  const first = deliveries[0];
  if (first === undefined) return undefined;
  const gid = deliveries.find((each) => each.gid !== undefined)?.gid;
  return { mid, from: first.from, gid, text: first.text, at: first.at, deliveries };
}

/** The latest messages that somebody received, newest first. */
export function latestMessages({ world }: WorldEntry, most: number): readonly MessageFacts[] {
  const byMid = Map.groupBy(world.deliveries, ({ mid }) => mid);
  return [...byMid]
    .toReversed()
    .slice(0, most)
    .flatMap(([mid, deliveries]) => factsOf(mid, deliveries) ?? []);
}

/** A message that nobody received leaves no delivery; the request that sent it still tells of it. */
function factsOfRequest({ journal }: WorldEntry, mid: number, n: number): MessageFacts | undefined {
  const entry = journal.find(n);
  if (entry === undefined) return undefined;
  const answer = decodeAnswer("message", entry.answer);
  if (answer.kind !== "done" || answer.result.mid !== mid) return undefined;
  const decoded = decodeRequest("message", readEntry(entry));
  if (!decoded.ok) return undefined;
  const { from, gid, text } = decoded.request;
  return { mid, from, gid, text, at: undefined, deliveries: [] };
}

/** A message, by its deliveries or else by the request that sent it. */
export function findMessage(entry: WorldEntry, mid: number, n: number): MessageFacts | undefined {
  const deliveries = entry.world.deliveries.filter((each) => each.mid === mid);
  return factsOf(mid, deliveries) ?? factsOfRequest(entry, mid, n);
}
