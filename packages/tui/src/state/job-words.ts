import { resultWords } from "../bulk/words.ts";
import { capital, plural } from "../text/words.ts";
import type { JobRow } from "./job-rows.ts";
import { isOpen, jobTitle } from "./jobs.ts";
import { keeperOf } from "./keeper.ts";
import type { Job, State } from "./model.ts";
import { operationTitle } from "./operation-words.ts";

const became = {
  happened: "it happened",
  not_happened: "it did not",
  repeated: "sent again",
  there: "it is there",
  not_there: "it is not there",
} satisfies Record<NonNullable<Job["resolution"]>, string>;

/** What a job does, and what it did of that where it did a part. */
function whatJob({ effect, outcome, result }: Job): string {
  const title = capital(jobTitle(effect));
  return result === undefined || outcome === "done" ? title : `${title}: ${resultWords(result)}`;
}

/** How a job stands, and what became known of it, in a few words. */
function jobOutcome({ outcome, resolution, stopping }: Job): string {
  if (outcome === "running" && stopping === true) return "running: stops";
  return `${outcome.replace("_", " ")}${resolution === undefined ? "" : `: ${became[resolution]}`}`;
}

/** What names a row of the jobs: a number, or that it is an operation from before. */
export const rowId = (row: JobRow): string => (row.kind === "job" ? String(row.job.id) : "op");

/** How a row of the jobs stands, in a few words. */
export const rowOutcome = (row: JobRow): string =>
  row.kind === "job" ? jobOutcome(row.job) : "unknown, sent earlier";

/** What a row of the jobs is about. */
export const whatRow = (row: JobRow): string =>
  row.kind === "job" ? whatJob(row.job) : capital(operationTitle(row.operation));

const keptWords = { gateway: "of the gateway", here: "kept here" } as const;

/** How many rows there are, and how many want somebody to look. */
export function countWords({ jobs, operations, connection }: State): string {
  const open = jobs.filter(isOpen).length;
  const { unknown, fault } = operations;
  const keeper = keeperOf(connection);
  return [
    `${plural(jobs.length, "job")}${open === 0 ? "" : `, ${open} of unknown outcome`}`,
    keeper === undefined
      ? ""
      : fault === undefined
        ? `; ${plural(unknown.length, "unknown operation")} ${keptWords[keeper]}`
        : `; the operations ${keptWords[keeper]} could not be listed`,
  ].join("");
}
