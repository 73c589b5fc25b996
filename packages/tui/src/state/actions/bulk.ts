import { planEdits } from "../../bulk/plan.ts";
import { retryJob } from "../../bulk/retry.ts";
import { plural } from "../../text/words.ts";
import { bulkInFront, removalPhrase, removalsOf, strangersOf, undoOf, type EndedBulk } from "../bulk-job.ts";
import type { BulkEffect } from "../effects.ts";
import type { Job, State } from "../model.ts";
import type { ConfirmDialog } from "../dialogs.ts";
import { presentOf } from "../present.ts";
import { noticed, step, withDialog, type Step } from "../step.ts";
import { textField } from "../text-field.ts";
import type { Handler } from "./handler.ts";

/** What sends an ended job's rest, or takes it back. */
function following(
  state: State,
  { id, effect: { gid } }: EndedBulk,
  what: Pick<BulkEffect, "plan" | "makeUsers"> & { readonly as: "retry" | "users" | "undo" },
): BulkEffect {
  const { plan, makeUsers, as } = what;
  return {
    kind: "run_bulk",
    gid,
    plan,
    makeUsers,
    before: presentOf(state, gid),
    follows: { job: id, as },
  };
}

const repeated = ({ jobs }: State, id: number): readonly Job[] =>
  jobs.map((job) => (job.id === id ? { ...job, resolution: "repeated" as const } : job));

interface Question {
  readonly title: string;
  readonly lines: readonly string[];
  readonly verb: string;
}

function asked(state: State, effect: BulkEffect, { title, lines, verb }: Question): State {
  const dialog: ConfirmDialog = {
    kind: "confirm",
    title,
    lines,
    verb,
    phrase: removalPhrase(effect),
    typed: textField(),
    effects: [effect],
    repeats: effect.follows?.as === "retry" ? effect.follows.job : undefined,
    back: state.dialog?.kind === "result" ? state.dialog : undefined,
  };
  return withDialog(state, dialog);
}

function retried(state: State, bulk: EndedBulk): Step {
  const effect = following(state, bulk, { plan: retryJob(bulk.result), makeUsers: false, as: "retry" });
  const removals = removalsOf(effect);
  if (removals === 0)
    return step(
      { ...withDialog(state, undefined), jobs: repeated(state, bulk.id), notice: undefined },
      effect,
    );
  return step(
    asked(state, effect, {
      title: `Remove ${plural(removals, "member")} from group ${effect.gid}?`,
      lines: [`Job ${bulk.id} goes on where it was refused or stopped.`],
      verb: "go on",
    }),
  );
}

/** Asks whether a bulk job shall be taken back. */
export function undone(state: State, bulk: EndedBulk): Step {
  const { plan, kept } = undoOf(state, bulk);
  const effect = following(state, bulk, { plan, makeUsers: false, as: "undo" });
  const removals = removalsOf(effect);
  const back = plan.members - removals;
  const reasons = [...Map.groupBy(kept, ({ reason }) => reason)];
  return step(
    asked(state, effect, {
      title: `Take job ${bulk.id} back?`,
      lines: [
        ...(removals > 0 ? [`${plural(removals, "member")} that it added will be removed.`] : []),
        ...(back > 0 ? [`${plural(back, "member")} will have the earlier permissions again.`] : []),
        ...reasons.map(([reason, of]) => `${plural(of.length, "member")} will be left alone: ${reason}.`),
      ],
      verb: "take it back",
    }),
  );
}

const onResult =
  (act: (state: State, bulk: EndedBulk) => Step): Handler =>
  (state) => {
    const bulk = bulkInFront(state);
    return bulk === undefined ? step(state) : act(state, bulk);
  };

/** Tells a bulk job to start no further call. */
export function stopJob(state: State, job: Job): Step {
  const { effect } = job;
  if (effect.kind !== "run_bulk") return step(state);
  const jobs = state.jobs.map((each) => (each === job ? { ...each, stopping: true } : each));
  const told = noticed({ ...state, jobs }, "info", `Job ${job.id} stops after the call on its way.`);
  return step(told, { kind: "stop_bulk", bulk: effect });
}

/** What can be done about a bulk job that has ended. */
export const bulkActions = {
  create_users: onResult((state, bulk) => {
    const plan = planEdits(strangersOf(bulk.result));
    const sent = { ...withDialog(state, undefined), notice: undefined };
    return step(sent, following(state, bulk, { plan, makeUsers: true, as: "users" }));
  }),
  retry_failed: onResult(retried),
  undo_bulk: onResult(undone),
  save_failures: onResult((state, { id, effect: { gid }, result }) =>
    step(state, { kind: "save_failures", gid, job: id, result }),
  ),
} as const satisfies Record<string, Handler>;
