import type { OpName } from "../domain/requests.ts";

/**
 * When a request may be sent again.
 *
 * - `read`: always.
 * - `repeatable`: always; sent twice it ends as if sent once.
 * - `once`: only when nothing left. mesibo makes a second group of a repeated `groupadd`, a second message of a
 *   repeated `message`, and a new token of a repeated `useradd` or `usertoken`.
 */
export type Repetition = "read" | "repeatable" | "once";

/** How each operation may be repeated. */
export const repetition = {
  useradd: "once",
  userset: "repeatable",
  userdel: "repeatable",
  usersget: "read",
  usertoken: "once",
  groupadd: "once",
  groupset: "repeatable",
  groupdel: "repeatable",
  groupeditmembers: "repeatable",
  groupgetmembers: "read",
  groupsget: "read",
  message: "once",
} as const satisfies Record<OpName, Repetition>;

/** Milliseconds before repetition `attempt`: full jitter below 100 ms doubling up to 2 s. */
export function backoffMs(attempt: number): number {
  return Math.random() * Math.min(2_000, 100 * 2 ** (attempt - 1));
}
