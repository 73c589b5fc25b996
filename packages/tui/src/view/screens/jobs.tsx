import type { ReactNode } from "react";
import { jobRows, type JobRow } from "../../state/job-rows.ts";
import { countWords, rowId, rowOutcome, whatRow } from "../../state/job-words.ts";
import { isOpen } from "../../state/jobs.ts";
import { cursorIn } from "../../state/list.ts";
import type { Job, State } from "../../state/model.ts";
import type { JobsScreen } from "../../state/screen.ts";
import { FilterLine } from "../components/filter-line.tsx";
import { Table, type Column } from "../components/table.tsx";
import type { Tone } from "../theme.ts";

const tones = {
  running: "warn",
  done: "ok",
  refused: "danger",
  not_sent: "warn",
  unknown: "warn",
} satisfies Record<Job["outcome"], Tone>;

type Mark = "unknown" | "pending" | undefined;

function markOf(row: JobRow): Mark {
  if (row.kind === "operation" || isOpen(row.job)) return "unknown";
  return row.job.outcome === "running" ? "pending" : undefined;
}

const columns: readonly Column<JobRow>[] = [
  { title: "JOB", width: 5, stays: true, cell: rowId },
  {
    title: "OUTCOME",
    width: 24,
    stays: true,
    cell: rowOutcome,
    tone: (row) => (row.kind === "job" ? tones[row.job.outcome] : "warn"),
  },
  { title: "WHAT", width: 24, stays: true, grows: true, cell: whatRow },
];

/** The changes that were sent, newest first. */
export function JobsView({
  state,
  screen,
  height,
}: {
  readonly state: State;
  readonly screen: JobsScreen;
  readonly height: number;
}): ReactNode {
  const { size } = state;
  const rows = jobRows(state);
  return (
    <>
      <FilterLine what={countWords(state)} list={screen.list} width={size.columns} />
      <Table
        columns={columns}
        rows={rows}
        cursor={cursorIn(screen.list, rows.length)}
        width={size.columns}
        height={height - 1}
        keyOf={(row) => (row.kind === "job" ? row.job.id : row.operation.id)}
        markOf={markOf}
        empty="No change was sent yet."
      />
    </>
  );
}
