import { addressFault, type Address, type Permissions } from "@mesibo-groups/core";
import { faultWords } from "../text/fault-words.ts";
import type { Put } from "./edit.ts";
import { planEdits, type Plan } from "./plan.ts";
import { lookUp, nothingKnown, type Present } from "./present.ts";
import type { BulkList } from "./read.ts";
import type { BadRow } from "./row.ts";
import { samePermissions } from "./same.ts";

/** A row whose address was there before; the first one counts. */
export interface Duplicate {
  readonly line: number;
  readonly address: Address;
  /** The line that counts. */
  readonly first: number;
  /** Whether the two lines ask for different permissions. */
  readonly differs: boolean;
}

/** What a list would do. Each of its rows is in one of the four. */
export interface Preview {
  /** Not members as far as is known. */
  readonly added: readonly Put[];
  /** Members already; they get the permissions of the row. */
  readonly updated: readonly Put[];
  readonly duplicates: readonly Duplicate[];
  readonly invalid: readonly BadRow[];
  /** False where some of the added may be members already: not all members are known. */
  readonly certain: boolean;
  readonly plan: Plan;
}

/** What a list is looked at with. */
export interface PreviewOptions {
  /** For what the rows do not say. */
  readonly permissions: Permissions;
  /** Members keep what the rows do not say, instead of getting it from `permissions`. Default: false. */
  readonly keep?: boolean | undefined;
  /** Default: nothing is known. */
  readonly present?: Present | undefined;
}

/** Says what a list would do to a group, before anything is sent. */
export function previewMembers(list: BulkList, options: PreviewOptions): Preview {
  const present = options.present ?? nothingKnown;
  const known = lookUp(present);
  const added: Put[] = [];
  const updated: Put[] = [];
  const duplicates: Duplicate[] = [];
  const invalid: BadRow[] = [...list.bad];
  const seen = new Map<Address, Put & { readonly line: number }>();
  for (const { line, address, permissions } of list.rows) {
    const fault = addressFault(address);
    if (fault !== undefined) {
      invalid.push({ line, text: address, reason: faultWords[fault] });
      continue;
    }
    const was = known(address);
    const base = options.keep === true && typeof was !== "string" ? was : options.permissions;
    const put = { kind: "put", line, address, permissions: { ...base, ...permissions } } as const;
    const first = seen.get(address);
    if (first !== undefined) {
      const differs = !samePermissions(first.permissions, put.permissions);
      duplicates.push({ line, address, first: first.line, differs });
      continue;
    }
    seen.set(address, put);
    (typeof was === "string" ? added : updated).push(put);
  }
  invalid.sort((a, b) => a.line - b.line);
  const plan = planEdits([...seen.values()]);
  return { added, updated, duplicates, invalid, certain: present.complete, plan };
}

/** Rows that a preview names of each kind. */
const SHOWN_ROWS = 8;

/** The first rows of a kind, and how many there are. */
export const shown = <T>(rows: readonly T[]): { readonly count: number; readonly first: readonly T[] } => ({
  count: rows.length,
  first: rows.slice(0, SHOWN_ROWS),
});
