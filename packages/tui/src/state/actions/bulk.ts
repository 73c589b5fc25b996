import { noPermissions, type Gid } from "@mesibo-groups/core";
import { BulkReadError } from "../../bulk/limits.ts";
import { planEdits } from "../../bulk/plan.ts";
import { readMembers } from "../../bulk/read.ts";
import { retryJob } from "../../bulk/retry.ts";
import { plural } from "../../text/words.ts";
import { bulkInFront, removalPhrase, removalsOf, strangersOf, undoOf, type EndedBulk } from "../bulk-job.ts";
import type { BulkEffect } from "../effects.ts";
import { isOpen } from "../jobs.ts";
import { previewOf } from "../list-preview.ts";
import type { BulkDialog, ConfirmDialog, Job, State } from "../model.ts";
import { presentOf } from "../present.ts";
import { noticed, step, withDialog, type Step } from "../step.ts";
import { textField } from "../text-field.ts";
import type { Handler } from "./handler.ts";

/** The dialog for new members as it opens, with a text in it. */
export const bulkDialog = (gid: Gid, text: string): BulkDialog => ({
  kind: "bulk",
  gid,
  text: textField(text),
  reading: undefined,
  fault: undefined,
  list: undefined,
  // mesibo gives a new member nothing; whoever adds people to a group mostly wants them to take part.
  permissions: { ...noPermissions, send: true, receive: true },
  top: 0,
});

/** The path that a typed text names instead of a list, or undefined. */
export const pathOf = (text: string): string | undefined => /^\s*@([^\r\n]+?)\s*$/.exec(text)?.[1];

/** The state with a list read and looked over, or with the reason why it cannot be. */
export function withListRead(state: State, dialog: BulkDialog, text: string): State {
  try {
    const list = readMembers(text);
    if (list.rows.length + list.bad.length === 0)
      return withDialog(state, { ...dialog, reading: undefined, fault: "There is no address in the list." });
    return withDialog(state, { ...dialog, reading: undefined, fault: undefined, list, top: 0 });
  } catch (error) {
    if (!(error instanceof BulkReadError)) throw error;
    return withDialog(state, { ...dialog, reading: undefined, fault: error.message });
  }
}

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
  jobs.map((job) => (job.id === id && isOpen(job) ? { ...job, resolution: "repeated" as const } : job));

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

function undone(state: State, bulk: EndedBulk): Step {
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

/** Adding many members, and what to do about those that were not added. */
export const bulkActions = {
  add_members: (state) => {
    const { screen } = state;
    return step(screen.kind === "group" ? withDialog(state, bulkDialog(screen.gid, "")) : state);
  },
  preview: (state) => {
    const { dialog } = state;
    if (dialog?.kind !== "bulk") return step(state);
    const { text } = dialog.text;
    const path = pathOf(text);
    if (path === undefined) return step(withListRead(state, dialog, text));
    const reading = { kind: "read_file", path } as const;
    return step(withDialog(state, { ...dialog, reading, fault: undefined }), reading);
  },
  add_now: (state) => {
    const { dialog } = state;
    const preview = dialog?.kind === "bulk" ? previewOf(state, dialog) : undefined;
    if (dialog?.kind !== "bulk" || preview === undefined) return step(state);
    const { gid } = dialog;
    const before = presentOf(state, gid);
    const { plan } = preview;
    const sent = { ...withDialog(state, undefined), notice: undefined };
    return step(sent, { kind: "run_bulk", gid, plan, makeUsers: false, before, follows: undefined });
  },
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
