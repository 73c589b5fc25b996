import { decodeRequest, findOp } from "@mesibo-groups/core/wire";
import * as z from "zod/mini";
import type { ClockState } from "../clock.ts";
import { apply } from "../engine/apply.ts";
import { removeExpired } from "../engine/expiry.ts";
import { setPresence } from "../engine/presence.ts";
import type { World } from "../engine/world.ts";
import { parse } from "../parse.ts";
import { readOwnSnapshot } from "../snapshot/read.ts";

/** A world as it is kept. */
export interface KeptWorld {
  readonly world: World;
  readonly clock: ClockState;
}

/** One row of the log. */
const rowSchema = z.object({
  /** As bytes, in UTF-16, where it is no text that UTF-8 could hold. */
  token: z.union([z.string(), z.instanceof(Uint8Array)]),
  kind: z.enum(["op", "world", "clock", "presence", "remove"]),
  /** Unix seconds of the world's clock: when an op was applied, or just before a clock was changed. */
  at: z.number(),
  data: z.string(),
});

const opSchema = z.object({ op: z.string(), params: z.record(z.string(), z.string()) });
const clockSchema = z.object({ offset: z.number(), frozenAt: z.optional(z.number()) });
const presenceSchema = z.record(z.string(), z.boolean());

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const need = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(what);
  return value;
};

function read<T extends z.ZodMiniType>(schema: T, value: unknown): z.output<T> {
  const parsed = parse(schema, value, "row");
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.data;
}

function replayOp(world: World, data: unknown, now: number): void {
  const { op: name, params } = read(opSchema, data);
  const op = need(findOp(name), `no op ${name}`);
  const collected = { op, token: "", id: undefined, params, malformed: [], unreadable: false };
  const decoded = decodeRequest(op, collected);
  if (!decoded.ok) throw new Error(`${op} cannot be read`);
  const outcome = apply(world, { op, request: decoded.request }, now);
  if (!outcome.ok) throw new Error(`${op} is refused with ${outcome.refusal.error}`);
  world.relied = [];
}

function replayClock(world: World, data: unknown, before: number): ClockState {
  const { offset, frozenAt } = read(clockSchema, data);
  removeExpired(world, before);
  world.relied = [];
  return { offset, frozenAt };
}

function replayPresence(world: World, data: unknown): void {
  if (!setPresence(world, read(presenceSchema, data))) throw new Error("somebody is online who is no user");
}

/** Does again what a row tells. Throws where it makes no sense. */
export function replay(worlds: Map<string, KeptWorld>, row: unknown): void {
  const { token: name, kind, at, data: text } = read(rowSchema, row);
  const token = typeof name === "string" ? name : Buffer.from(name).toString("utf16le");
  if (kind === "remove") {
    worlds.delete(token);
    return;
  }
  const data = json(text);
  if (kind === "world") {
    const restored = readOwnSnapshot(data);
    if (!restored.ok) throw new Error(restored.reason);
    worlds.set(token, { world: restored.world, clock: restored.clock });
    return;
  }
  const kept = need(worlds.get(token), "a change of a world that is not there");
  if (kind === "op") replayOp(kept.world, data, at);
  else if (kind === "presence") replayPresence(kept.world, data);
  else worlds.set(token, { ...kept, clock: replayClock(kept.world, data, at) });
}
