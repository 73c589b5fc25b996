import { permissionNames, type Member, type Outcome } from "@mesibo-groups/core";
import { stringify } from "csv-stringify/sync";
import { CHANGE_COLUMN, reportColumns } from "./columns.ts";
import type { Edit } from "./edit.ts";
import { guard } from "./formulas.ts";
import type { Failed, JobResult } from "./result.ts";

// Spreadsheets of many countries split at semicolons, whatever the file has.
const splits = /[;\t|]/;

/** Rows of cells as CSV, none of which a spreadsheet takes for a formula. */
export const csvOf = (records: readonly (readonly string[])[]): string =>
  stringify(
    records.map((cells) => cells.map(guard)),
    { quoted_match: splits },
  );

function memberCells(edit: Edit): readonly string[] {
  if (edit.kind === "remove") return [edit.address, ...permissionNames.map(() => "")];
  return [edit.address, ...permissionNames.map((name) => String(edit.permissions[name]))];
}

const change = { put: "put", remove: "remove" } satisfies Record<Edit["kind"], string>;

/**
 * What was not done as CSV, in the order of the lines, for `readMembers` to read again. A removal is marked as one,
 * and is never read as an addition.
 */
export function failuresCsv({ refused, unknown, notSent }: JobResult): string {
  const outcomes: readonly [Exclude<Outcome, "done">, readonly Failed[]][] = [
    ["refused", refused],
    ["unknown", unknown],
    ["not_sent", notSent],
  ];
  const failures = outcomes.flatMap(([outcome, failed]) =>
    failed.map((failure) => ({ ...failure, outcome })),
  );
  failures.sort((a, b) => (a.edit.line ?? Infinity) - (b.edit.line ?? Infinity));
  const removes = failures.some(({ edit }) => edit.kind === "remove");
  return csvOf([
    ["address", ...permissionNames, ...(removes ? [CHANGE_COLUMN] : []), ...reportColumns],
    ...failures.map(({ edit, outcome, reason }) => [
      ...memberCells(edit),
      ...(removes ? [change[edit.kind]] : []),
      edit.line === undefined ? "" : String(edit.line),
      outcome,
      reason,
    ]),
  ]);
}

/** Members as CSV, for `readMembers` to read again. */
export const membersCsv = (members: readonly Member[]): string =>
  csvOf([
    ["address", ...permissionNames],
    ...members.map(({ address, permissions }) =>
      memberCells({ kind: "put", line: undefined, address, permissions }),
    ),
  ]);
