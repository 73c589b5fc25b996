import { findOp } from "@mesibo-groups/core/wire";
import type { Entry, EntryResult } from "./entry.ts";

/** Which requests somebody wants to see. What is not given does not matter. */
export interface EntryFilter {
  /** By mesibo's own name or an alias of it, whichever the request used. */
  readonly op?: string | undefined;
  readonly result?: EntryResult | undefined;
  /** mesibo's error string, for a refused one. */
  readonly error?: string | undefined;
}

/** An op by mesibo's own name, whatever alias the caller used. */
export const namedOp = (op: string): string => findOp(op) ?? op;

/** Whether an entry fits a filter. */
export function fits(filter: EntryFilter): (entry: Entry) => boolean {
  const { result, error } = filter;
  const op = filter.op === undefined ? undefined : namedOp(filter.op);
  return (entry) =>
    (op === undefined || namedOp(entry.op) === op) &&
    (result === undefined || entry.result === result) &&
    (error === undefined || entry.refusal?.error === error);
}
