import { plural } from "../text/words.ts";
import type { JobResult } from "./result.ts";
import type { JobProgress } from "./run.ts";

const count = (rows: readonly unknown[] | number): string =>
  (typeof rows === "number" ? rows : rows.length).toLocaleString("en");

/** `640 done, 3 refused, 0 unknown, 600 not sent`. */
export const resultWords = ({ done, refused, unknown, notSent }: JobResult): string =>
  `${count(done)} done, ${count(refused)} refused, ${count(unknown)} unknown, ${count(notSent)} not sent`;

/** `7/13 calls, 640 done, 3 refused, 0 unknown, 4.1 s`. */
export function progressWords(progress: JobProgress, elapsedMs: number): string {
  const { calls, planned, done, refused, unknown } = progress;
  // Isolating who is refused takes calls that nobody could plan.
  const over = `${plural(calls, "call")} (${count(planned)} planned)`;
  const made = calls > planned ? over : `${count(calls)}/${plural(planned, "call")}`;
  const seconds = (elapsedMs / 1000).toFixed(1);
  return `${made}, ${count(done)} done, ${count(refused)} refused, ${count(unknown)} unknown, ${seconds} s`;
}
