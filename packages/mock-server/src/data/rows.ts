import type { ClockState } from "../clock.ts";
import type { Applied, Presence } from "../recorder.ts";
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

/** A changed clock, and the time in Unix seconds just before. */
export function clockRow(token: string, before: number, clock: ClockState): Row {
  checkTime(clock);
  return [nameOf(token), "clock", before, JSON.stringify(clock)];
}

/** Who came online or went offline. */
export const presenceRow = (token: string, presence: Presence): Row => [
  nameOf(token),
  "presence",
  0,
  JSON.stringify(presence),
];

/** A world that is gone. */
export const removeRow = (token: string): Row => [nameOf(token), "remove", 0, ""];
