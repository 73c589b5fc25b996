import type { RoutedMember } from "@mesibo-groups/core";
import type { JobResult } from "../bulk/result.ts";
import { listed } from "../text/words.ts";
import { withListRead } from "./actions/add-members.ts";
import { outcomeOf } from "./bulk-job.ts";
import type { BulkEffect } from "./effects.ts";
import type { Answer } from "./events.ts";
import { focusOf } from "./focus.ts";
import { joined, withRoster } from "./joined.ts";
import type { State } from "./model.ts";
import { bulkSummary, strangerWords } from "./result-words.ts";
import { noticed, step, withDialog, type Step } from "./step.ts";

type AnswerOf<Kind extends Answer["kind"]> = Extract<Answer, { kind: Kind }>;

function applied(members: readonly RoutedMember[], { done }: JobResult): readonly RoutedMember[] {
  const gone = new Set(done.filter(({ kind }) => kind === "remove").map(({ address }) => address));
  const puts = done.flatMap((edit) => (edit.kind === "put" ? [edit] : []));
  return joined(
    members.filter(({ address }) => !gone.has(address)),
    puts.map(({ address, permissions }) => ({ address, permissions })),
  );
}

/** What a job that is done for everybody did. */
function doneWords({ follows }: BulkEffect, { done }: JobResult): string {
  const names = listed(done.map(({ address }) => address));
  if (follows?.as === "undo") return `Job ${follows.job} is taken back: ${names}.`;
  return `${names}: in the group now.`;
}

/** Whether nobody is in the middle of something else that a result in front would interrupt. */
const isWatched = (state: State, { gid }: BulkEffect): boolean =>
  focusOf(state) === "members" && state.screen.kind === "group" && state.screen.gid === gid;

/** The step after a bulk job has ended. Its result comes in front where not everything was done. */
export function bulkEnded(state: State, { effect, result }: AnswerOf<"bulk_ended">): Step {
  const { gid } = effect;
  const data = withRoster(state.data, gid, (roster) => ({
    ...roster,
    members: applied(roster.members, result),
    doubtful: new Set([...roster.doubtful, ...result.unknown.map(({ edit }) => edit.address)]),
  }));
  const next = { ...state, data };
  const outcome = outcomeOf(result);
  if (outcome === "done") return step(noticed(next, "done", doneWords(effect, result)));
  const job = state.jobs.find((each) => each.effect === effect);
  const [first] = [...result.unknown, ...result.refused, ...result.notSent];
  const summary = job === undefined ? "" : bulkSummary(job, result);
  const words = [summary, strangerWords(result) || first?.reason].filter(Boolean).join(" ");
  const told = noticed(next, outcome, words);
  // Something else may have changed meanwhile, or an unknown edit may have happened: ask what is there.
  const look = { kind: "list_members", gids: [gid] } as const;
  if (job === undefined || !isWatched(state, effect)) return step(told, look);
  return step(withDialog(told, { kind: "result", job: job.id, top: 0 }), look);
}

/** The step after a file was read, or was not. */
export function fileRead(state: State, { effect, file }: AnswerOf<"file_read">): Step {
  const { dialog } = state;
  // Whoever has typed on since, or closed the dialog, does not want the file any more.
  if (dialog?.kind !== "bulk" || dialog.reading !== effect) return step(state);
  if (file.ok) return step(withListRead(state, dialog, file.text));
  return step(withDialog(state, { ...dialog, reading: undefined, fault: file.reason }));
}

/** The step after what a job did not do was written, or was not. */
export function failuresSaved(state: State, { effect, file }: AnswerOf<"failures_saved">): Step {
  const { dialog } = state;
  const note = file.ok ? `Written to ${file.path}` : file.reason;
  const told = noticed(state, file.ok ? "done" : "refused", note);
  // A path has to be readable in full, and the status line has one row.
  const isShown = dialog?.kind === "result" && dialog.job === effect.job;
  return step(isShown ? withDialog(told, { ...dialog, note }) : told);
}
