import { resultWords } from "../bulk/words.ts";
import { capital } from "../text/words.ts";
import { jobTitle } from "./jobs.ts";
import type { Job } from "./model.ts";

const became = {
  happened: "it happened",
  not_happened: "it did not",
  repeated: "sent again",
  there: "it is there",
  not_there: "it is not there",
} satisfies Record<NonNullable<Job["resolution"]>, string>;

/** What a job does, and what it did of that where it did a part. */
export function whatJob({ effect, outcome, result }: Job): string {
  const title = capital(jobTitle(effect));
  return result === undefined || outcome === "done" ? title : `${title}: ${resultWords(result)}`;
}

/** How a job stands, and what became known of it, in a few words. */
export function jobOutcome({ outcome, resolution, stopping }: Job): string {
  if (outcome === "running" && stopping === true) return "running: stops";
  return `${outcome.replace("_", " ")}${resolution === undefined ? "" : `: ${became[resolution]}`}`;
}
