import {
  batchAddresses,
  MAX_BATCH_ADDRESSES,
  MAX_BATCH_BYTES,
  permissionNames,
  type Permissions,
} from "@mesibo-groups/core";
import { plural } from "../text/words.ts";
import type { Edit, Put, Removal } from "./edit.ts";

/** Members that get the same permissions. */
export interface PutStep {
  readonly kind: "put";
  readonly permissions: Permissions;
  readonly edits: readonly Put[];
}

/** Members that are removed. */
export interface RemoveStep {
  readonly kind: "remove";
  readonly edits: readonly Removal[];
}

/** What goes out together: a call carries one set of permissions. */
export type Step = PutStep | RemoveStep;

/** The calls of a job, before any of them is made. */
export interface Plan {
  /** In the order in which they go out, removals last. */
  readonly steps: readonly Step[];
  readonly members: number;
  /** Calls where none is refused; each refused one costs more. */
  readonly calls: number;
  /** Nobody is removed unless everybody else was done. Default: false. */
  readonly strict?: boolean | undefined;
}

const key = (permissions: Permissions): string =>
  permissionNames.map((name) => (permissions[name] ? "1" : "0")).join("");

/** Calls that a step takes where none is refused. */
export const callsOf = ({ edits }: Step): number =>
  batchAddresses(edits.map(({ address }) => address)).length;

/**
 * Puts edits together by equal permissions, removals last: a job that stops half-way has taken nobody away too
 * early. Each address must be in one edit only.
 */
export function planEdits(edits: readonly Edit[]): Plan {
  const puts = new Map<string, Put[]>();
  const removals: Removal[] = [];
  for (const edit of edits) {
    if (edit.kind === "remove") {
      removals.push(edit);
      continue;
    }
    const group = puts.get(key(edit.permissions));
    if (group === undefined) puts.set(key(edit.permissions), [edit]);
    else group.push(edit);
  }
  const steps: Step[] = [];
  for (const group of puts.values()) {
    const [first] = group;
    if (first !== undefined) steps.push({ kind: "put", permissions: first.permissions, edits: group });
  }
  if (removals.length > 0) steps.push({ kind: "remove", edits: removals });
  return { steps, members: edits.length, calls: steps.reduce((sum, step) => sum + callsOf(step), 0) };
}

/** `1,240 members in 13 calls of at most 100 members and 6 KiB`. */
export const planWords = ({ members, calls }: Plan): string =>
  `${plural(members, "member")} in ${plural(calls, "call")} of at most ${MAX_BATCH_ADDRESSES} members and ${MAX_BATCH_BYTES / 1024} KiB`;
