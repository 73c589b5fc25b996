import type { UnknownOperation } from "../operation.ts";
import { isOpen } from "./jobs.ts";
import { cursorIn } from "./list.ts";
import type { Job, State } from "./model.ts";

/** A row of the jobs: a change of this session, or one of unknown outcome that is kept. */
export type JobRow =
  | { readonly kind: "job"; readonly job: Job }
  | { readonly kind: "operation"; readonly operation: UnknownOperation };

/**
 * The jobs, newest first, and behind them the unknown operations that are kept: these come by themselves, and must not
 * push another row under the cursor.
 */
export function jobRows({ jobs, operations }: State): readonly JobRow[] {
  const known = new Set(jobs.filter(isOpen).map(({ operation }) => operation));
  return [
    ...jobs.map((job) => ({ kind: "job" as const, job })),
    ...operations.unknown
      .filter(({ id }) => !known.has(id))
      .map((operation) => ({ kind: "operation" as const, operation })),
  ];
}

/** How many changes of unknown outcome nobody has settled yet. */
export const openRows = (state: State): number =>
  jobRows(state).filter((row) => row.kind === "operation" || isOpen(row.job)).length;

/** The row of the jobs under the cursor. */
function jobRowInFocus(state: State): JobRow | undefined {
  if (state.screen.kind !== "jobs") return undefined;
  const rows = jobRows(state);
  return rows[cursorIn(state.screen.list, rows.length)];
}

/** The job under the cursor. */
export function jobInFocus(state: State): Job | undefined {
  const row = jobRowInFocus(state);
  return row?.kind === "job" ? row.job : undefined;
}

/** The unknown operation under the cursor: its own row, or behind a job of this session. */
export function operationInFocus(state: State): UnknownOperation | undefined {
  const row = jobRowInFocus(state);
  if (row?.kind !== "job") return row?.operation;
  const { operation } = row.job;
  return operation === undefined || !isOpen(row.job)
    ? undefined
    : state.operations.unknown.find(({ id }) => id === operation);
}
