import type { ReactNode } from "react";
import { jobOutcome, whatJob } from "../../state/job-words.ts";
import { isOpen } from "../../state/jobs.ts";
import { cursorIn } from "../../state/list.ts";
import type { Job, JobsScreen, State } from "../../state/model.ts";
import { plural } from "../../text/words.ts";
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

const columns: readonly Column<Job>[] = [
  { title: "JOB", width: 5, stays: true, cell: ({ id }) => String(id) },
  {
    title: "OUTCOME",
    width: 24,
    stays: true,
    cell: jobOutcome,
    tone: ({ outcome }) => tones[outcome],
  },
  { title: "WHAT", width: 24, stays: true, grows: true, cell: whatJob },
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
  const { jobs, size } = state;
  const open = jobs.filter(isOpen).length;
  const what = `${plural(jobs.length, "job")}${open === 0 ? "" : `, ${open} of unknown outcome`}`;
  return (
    <>
      <FilterLine what={what} list={screen.list} width={size.columns} />
      <Table
        columns={columns}
        rows={jobs}
        cursor={cursorIn(screen.list, jobs.length)}
        width={size.columns}
        height={height - 1}
        keyOf={({ id }) => id}
        markOf={(job) => (isOpen(job) ? "unknown" : job.outcome === "running" ? "pending" : undefined)}
        empty="No change was sent yet."
      />
    </>
  );
}
