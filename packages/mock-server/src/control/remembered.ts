import type { Entry } from "../journal/entry.ts";
import type { WorldEntry } from "../worlds.ts";
import { ControlProblem } from "./problem.ts";

/** The request of a number, as a path has it, that a world remembers. Throws `ControlProblem` where it does not. */
export function remembered({ journal }: WorldEntry, n: string): Entry {
  const entry = /^\d{1,15}$/.test(n) ? journal.find(Number(n)) : undefined;
  if (entry !== undefined) return entry;
  const detail = `This world has had ${journal.count()} requests and remembers the latest ${journal.entries().length}; ${JSON.stringify(n)} is none of them.`;
  throw new ControlProblem("unknown-request", detail);
}
