import { retryJob } from "../../bulk/retry.ts";
import { addsEachTime } from "../../call/op-class.ts";
import { canStop, endedBulk, removalPhrase } from "../bulk-job.ts";
import type { Mutation } from "../effects.ts";
import { evidence, jobTitle, resolutionWords } from "../jobs.ts";
import { jobInFocus, operationInFocus } from "../job-rows.ts";
import { listKept } from "../keeper.ts";
import { keyHere } from "../key-here.ts";
import { emptyList } from "../list.ts";
import type { Job, State } from "../model.ts";
import type { ConfirmDialog, Dialog } from "../dialogs.ts";
import { twiceWords } from "../operation-words.ts";
import { noticed, pushed, step, withDialog } from "../step.ts";
import { textField } from "../text-field.ts";
import type { UnknownOperation } from "../../operation.ts";
import { stopJob } from "./bulk.ts";
import type { Handler } from "./handler.ts";
import { operationAccount, settleAgain, settleDidNot, settleHappened } from "./operations.ts";
import { settlingKeys } from "./operations.ts";

interface Acts {
  readonly job: (state: State, job: Job) => State;
  readonly operation: (state: State, operation: UnknownOperation) => State;
}

const onRow =
  (acts: Acts): Handler =>
  (state) => {
    const operation = operationInFocus(state);
    // What is kept is settled where it is kept.
    if (operation !== undefined) return step(acts.operation(state, operation));
    const job = jobInFocus(state);
    return step(job === undefined ? state : acts.job(state, job));
  };

const resolve = (state: State, job: Job, resolution: NonNullable<Job["resolution"]>): State => ({
  ...state,
  jobs: state.jobs.map((each) => (each.id === job.id ? { ...each, resolution } : each)),
});

const resolved =
  (resolution: "happened" | "not_happened", words: string): Acts["job"] =>
  (state, job) =>
    noticed(resolve(state, job, resolution), "info", `Job ${job.id}: ${words}.`);

const words = {
  running: "It is on its way.",
  done: "Done: the server said so.",
  refused: "Refused: nothing was done.",
  not_sent: "Not sent: nothing was done, and it is safe to repeat.",
  unknown: "Unknown: it was sent and no answer came. It may have happened.",
} satisfies Record<Job["outcome"], string>;

/** All that is known of a job. */
function account(state: State, job: Job): string {
  const { outcome, text, resolution } = job;
  const open = outcome === "unknown" && resolution === undefined;
  const task = state.running.find(({ effect }) => effect === job.effect);
  return [
    words[outcome],
    task === undefined ? "" : `${task.text}.`,
    canStop(job) ? `In the list ${keyHere(state, "stop_job")} stops it after the call on its way.` : "",
    text,
    resolution === undefined ? "" : resolutionWords[resolution],
    outcome === "unknown" ? evidence(state, job) : "",
    open ? `In the list ${keyHere(state, "refresh")} asks the server again. ${settlingKeys(state)}` : "",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function accountDialog(state: State): Dialog | undefined {
  const job = jobInFocus(state);
  const operation = operationInFocus(state);
  if (job !== undefined && endedBulk(job) !== undefined) return { kind: "result", job: job.id, top: 0 };
  if (operation !== undefined) {
    const title = "A change of unknown outcome";
    return { kind: "message", title, text: operationAccount(state, operation), top: 0 };
  }
  if (job === undefined) return undefined;
  const title = `Job ${job.id}: ${jobTitle(job.effect)}`;
  return { kind: "message", title, text: account(state, job), top: 0 };
}

/** What sends a job again: of many members only those that were not done. */
function again(job: Job): Mutation {
  const { id, effect } = job;
  const bulk = endedBulk(job);
  if (bulk === undefined) return { ...effect };
  return { ...bulk.effect, plan: retryJob(bulk.result), follows: { job: id, as: "retry" } };
}

/** Whether sending a job twice does it twice. */
const adds = (effect: Mutation): boolean =>
  effect.kind === "create_group" || (effect.kind === "send_edited" && addsEachTime(effect.call));

/** What has to be typed before a job is sent again: a twin group or many removals want more than one key. */
function phraseOf(id: number, effect: Mutation): string | undefined {
  if (adds(effect)) return String(id);
  return effect.kind === "run_bulk" ? removalPhrase(effect) : undefined;
}

function againDialog(state: State, job: Job): ConfirmDialog {
  const { id, effect } = job;
  return {
    kind: "confirm",
    title: `Send job ${id} again: ${jobTitle(effect)}?`,
    lines: [twiceWords({ kind: effect.kind, adds: adds(effect) }), evidence(state, job)].filter(
      (line) => line !== "",
    ),
    verb: "send it again",
    phrase: phraseOf(id, again(job)),
    typed: textField(),
    // Another object, since a job knows its effect by identity.
    effects: [again(job)],
    repeats: id,
  };
}

/** Changes that were sent, and what became of them. */
export const jobActions = {
  show_jobs: (state) => step(pushed(state, { kind: "jobs", list: emptyList }), ...listKept(state.connection)),
  open_job: (state) => step(withDialog(state, accountDialog(state))),
  stop_job: (state) => {
    const job = jobInFocus(state);
    return job === undefined ? step(state) : stopJob(state, job);
  },
  job_happened: onRow({ job: resolved("happened", "it happened"), operation: settleHappened }),
  job_did_not: onRow({ job: resolved("not_happened", "it did not happen"), operation: settleDidNot }),
  job_again: onRow({
    job: (state, job) => withDialog(state, againDialog(state, job)),
    operation: settleAgain,
  }),
} as const satisfies Record<string, Handler>;
