import type { Member, Permissions } from "@mesibo-groups/core";
import { plural } from "../text/words.ts";
import type { Edit, Put, Removal } from "./edit.ts";
import { planEdits, type Plan } from "./plan.ts";
import { lookUp, type Present } from "./present.ts";
import { previewMembers, type Duplicate } from "./preview.ts";
import type { BulkList } from "./read.ts";
import type { BadRow } from "./row.ts";
import { samePermissions } from "./same.ts";

/** Removals that a sync makes without being told to: as many as one confirmation covers. */
const REMOVAL_CAP = 25;

/** How a list is compared with a group. */
export interface SyncOptions {
  readonly present: Present;
  /** For what the rows of new members do not say; members keep what they have. */
  readonly permissions: Permissions;
  /** Removals at most. Default: {@link REMOVAL_CAP}, and never everybody. */
  readonly removalCap?: number | undefined;
}

/** What makes a group's members equal a list. */
export interface Sync {
  readonly added: readonly Put[];
  readonly updated: readonly Put[];
  readonly unchanged: number;
  readonly removed: readonly Removal[];
  readonly duplicates: readonly Duplicate[];
  readonly invalid: readonly BadRow[];
  /** Why it must not run as it is, or undefined. */
  readonly refusal: string | undefined;
  /** Everything, removals last and only where all else was done. Undefined where it must not run. */
  readonly plan: Plan | undefined;
}

interface Comparison {
  readonly removed: readonly Removal[];
  readonly invalid: readonly BadRow[];
  readonly differing: readonly Duplicate[];
}

function refusalOf({ removed, invalid, differing }: Comparison, options: SyncOptions): string | undefined {
  const { present, removalCap } = options;
  const [bad] = invalid;
  if (bad !== undefined) {
    // A misspelt row would remove the very member that it names.
    return `${plural(invalid.length, "row")} of the list cannot be read, the first in line ${bad.line}. Correct the list first: who is not on it is removed.`;
  }
  const [twice] = differing;
  if (twice !== undefined)
    return `Lines ${twice.first} and ${twice.line} ask for different permissions of one member. Leave one of them out.`;
  if (removed.length === 0) return undefined;
  if (!present.complete)
    return "Not all members of the group are known, so nobody can say whom to remove. Use an import, which only adds.";
  const members = plural(present.members.length, "member");
  if (removed.length > (removalCap ?? REMOVAL_CAP)) {
    return `This would remove ${removed.length} of ${members}, over the cap of ${removalCap ?? REMOVAL_CAP}. Raise the cap to ${removed.length} if that is meant.`;
  }
  if (removalCap === undefined && removed.length === present.members.length)
    return `This would remove all of ${members}. Set the cap to ${removed.length} if that is meant.`;
  return undefined;
}

/** Compares the members that a group should have with those it has. */
export function syncMembers(list: BulkList, options: SyncOptions): Sync {
  const { present, permissions } = options;
  const { added, updated, duplicates, invalid } = previewMembers(list, { permissions, present, keep: true });
  const known = lookUp(present);
  const changed: Put[] = [];
  let unchanged = 0;
  for (const put of updated) {
    const was = known(put.address);
    if (typeof was !== "string" && samePermissions(was, put.permissions)) unchanged += 1;
    else changed.push(put);
  }
  const wanted = new Set([...added, ...updated].map(({ address }) => address));
  const removed = present.members
    .filter(({ address }: Member) => !wanted.has(address))
    .map(({ address }): Removal => ({ kind: "remove", line: undefined, address }));
  const refusal = refusalOf(
    { removed, invalid, differing: duplicates.filter(({ differs }) => differs) },
    options,
  );
  const edits: readonly Edit[] = [...added, ...changed, ...removed];
  return {
    added,
    updated: changed,
    unchanged,
    removed,
    duplicates,
    invalid,
    refusal,
    plan: refusal === undefined ? { ...planEdits(edits), strict: true } : undefined,
  };
}
