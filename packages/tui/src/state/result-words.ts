import type { Failed, JobResult } from "../bulk/result.ts";
import { resultWords } from "../bulk/words.ts";
import { capital, listed, plural } from "../text/words.ts";
import { strangersOf } from "./bulk-job.ts";
import { resolutionWords } from "./jobs.ts";
import type { Job } from "./model.ts";

const at = ({ edit, reason }: Failed): string =>
  `  ${edit.line === undefined ? "" : `line ${edit.line}: `}${edit.address}: ${reason}`;

const section = (title: string, failed: readonly Failed[]): readonly string[] =>
  failed.length === 0 ? [] : ["", `${title}:`, ...failed.map(at)];

/** What was not sent has few reasons, and mostly many members for each. */
function notSentWords({ notSent }: JobResult): readonly string[] {
  if (notSent.length === 0) return [];
  const reasons = [...Map.groupBy(notSent, ({ reason }) => reason)];
  return ["", "Not sent:", ...reasons.map(([reason, of]) => `  ${plural(of.length, "member")}: ${reason}`)];
}

/** Who is no user of the app, as a sentence; empty where everybody is. */
export function strangerWords(result: JobResult): string {
  const strangers = strangersOf(result).map(({ address }) => address);
  if (strangers.length === 0) return "";
  const are = strangers.length === 1 ? "is not a user" : "are not users";
  return `${listed(strangers)} ${are} of this app, so mesibo refused.`;
}

/** How a bulk job ended, in one sentence. */
export function bulkSummary({ stopping, resolution }: Job, result: JobResult): string {
  const words = resultWords(result);
  const summary =
    stopping === true && result.notSent.length > 0 ? `Stopped: ${words}.` : `${capital(words)}.`;
  return resolution === undefined ? summary : `${summary} ${resolutionWords[resolution]}`;
}

/** Who was refused, is unknown or was not sent, with line and reason, a paragraph each. */
export function resultParagraphs(result: JobResult): readonly string[] {
  const { refused, unknown } = result;
  const strangers = strangerWords(result);
  return [
    `${plural(result.calls, "call")} ${result.calls === 1 ? "was" : "were"} made.`,
    ...(strangers === "" ? [] : [strangers]),
    ...section("Refused", refused),
    ...section("Unknown: sent, and no answer came", unknown),
    ...notSentWords(result),
  ];
}
