import type { Gid } from "@mesibo-groups/core";
import type { ClockState } from "../clock.ts";
import type { World } from "../engine/world.ts";
import type { Applied } from "../recorder.ts";
import { writeSnapshot } from "../snapshot/write.ts";
import type { KeptWorld } from "./replay.ts";

/** One row of the log as it is written; `replay` reads it. */
export type Row = readonly [token: string | Uint8Array, kind: string, at: number, data: string];

/** An app token as SQLite keeps it. JSON may say half a surrogate pair, which no UTF-8 text can hold. */
const nameOf = (token: string): string | Uint8Array =>
  token.isWellFormed() ? token : Buffer.from(token, "utf16le");

/** JSON has no word for what is no number, so a row with it could never be read again. */
function checkTime({ offset, frozenAt = 0 }: ClockState): void {
  for (const seconds of [offset, frozenAt]) {
    if (!Number.isFinite(seconds))
      throw new TypeError(`clock: ${seconds} is no time that can be kept; give finite Unix seconds.`);
  }
}

/** A mutation that was applied. */
export const opRow = (token: string, { now, op, params }: Applied): Row => [
  nameOf(token),
  "op",
  now,
  JSON.stringify({ op, params }),
];

/** A world as it is now. Throws `TypeError` for a time that is no finite number. */
export function worldRow(token: string, { world, clock }: KeptWorld): Row {
  checkTime(clock);
  return [nameOf(token), "world", 0, JSON.stringify(writeSnapshot(world, clock))];
}

/** The groups whose time is over and that are there all the same, since nobody has looked at them since. */
function unseenIn(world: World, now: number): readonly Gid[] {
  const over = [...world.groups.values()].filter(({ expiresAt }) => expiresAt <= now);
  return over.map(({ gid }) => gid);
}

/** A changed clock. `before` is the time in Unix seconds just before, `world` undefined where nobody has it. */
export function clockRow(
  token: string,
  {
    before,
    clock,
    world,
  }: { readonly before: number; readonly clock: ClockState; readonly world?: World | undefined },
): Row {
  checkTime(clock);
  const unseen = world === undefined ? [] : unseenIn(world, before);
  return [nameOf(token), "clock", before, JSON.stringify({ ...clock, unseen })];
}

/** A world that is gone. */
export const removeRow = (token: string): Row => [nameOf(token), "remove", 0, ""];
