import type { Address, Gid } from "@mesibo-groups/core";
import type { Edit } from "../bulk/edit.ts";
import type { JobResult } from "../bulk/result.ts";
import { undoJob, type Undo } from "../bulk/undo.ts";
import type { BulkEffect } from "./effects.ts";
import { focusOf } from "./focus.ts";
import type { Job, Roster, Running, State } from "./model.ts";
import { presentOf } from "./present.ts";

/** A bulk job that has ended. */
export interface EndedBulk {
  readonly id: number;
  readonly effect: BulkEffect;
  readonly result: JobResult;
}

/** A job as an ended bulk job, or undefined where it is none. */
export function endedBulk({ id, effect, result }: Job): EndedBulk | undefined {
  return effect.kind === "run_bulk" && result !== undefined ? { id, effect, result } : undefined;
}

/** The job whose result is in front. */
export function bulkInFront({ dialog, jobs }: State): EndedBulk | undefined {
  const job = dialog?.kind === "result" ? jobs.find(({ id }) => id === dialog.job) : undefined;
  return job === undefined ? undefined : endedBulk(job);
}

/** How a bulk job ended as a whole: the outcome that asks most of a person. */
export function outcomeOf({ refused, unknown, notSent }: JobResult): Exclude<Job["outcome"], "running"> {
  if (unknown.length > 0) return "unknown";
  if (refused.length > 0) return "refused";
  return notSent.length > 0 ? "not_sent" : "done";
}

/** Edits that were refused because their addresses are no users of the app. */
export const strangersOf = ({ refused }: JobResult): readonly Edit[] =>
  refused.filter(({ stranger }) => stranger === true).map(({ edit }) => edit);

const undos = new WeakMap<JobResult, { readonly roster: Roster | undefined; readonly undo: Undo }>();

/** What takes a bulk job back, as far as is known now. */
export function undoOf(state: State, { effect, result }: EndedBulk): Undo {
  const roster = state.data.rosters.get(effect.gid);
  const known = undos.get(result);
  // Each frame asks whether there is something to take back.
  if (known !== undefined && known.roster === roster) return known.undo;
  const undo = undoJob({ result, before: effect.before, now: presentOf(state, effect.gid) });
  undos.set(result, { roster, undo });
  return undo;
}

/** How many members a bulk job removes. */
export const removalsOf = ({ plan }: BulkEffect): number =>
  plan.steps.reduce((sum, { kind, edits }) => sum + (kind === "remove" ? edits.length : 0), 0);

/** Removing more than this asks for the gid. */
export const MAX_PLAIN_REMOVAL = 25;

/** What has to be typed before a bulk job removes many; undefined where `y` is enough. */
export const removalPhrase = (effect: BulkEffect): string | undefined =>
  removalsOf(effect) > MAX_PLAIN_REMOVAL ? String(effect.gid) : undefined;

/** Whether a bulk job of a group is on its way. Another one could not know what to take back. */
export const isBusy = ({ jobs }: State, gid: Gid): boolean =>
  jobs.some(
    ({ effect, outcome }) => effect.kind === "run_bulk" && effect.gid === gid && outcome === "running",
  );

/** The newest running bulk job that can be stopped and whose group's members are in front. */
export function stoppableHere({ screen, jobs }: State): Job | undefined {
  if (screen.kind !== "group" || screen.tab !== "members") return undefined;
  return jobs.find((job) => job.effect.kind === "run_bulk" && job.effect.gid === screen.gid && canStop(job));
}

/** Whether a job runs in several calls and was not stopped yet. */
export const canStop = ({ effect, outcome, stopping }: Job): boolean =>
  effect.kind === "run_bulk" && outcome === "running" && stopping !== true;

/** How a running task can be stopped from here, for the status line; empty where it cannot. */
export function stopHint(state: State, { effect }: Running): string {
  const job = state.jobs.find((each) => each.effect === effect);
  if (job === undefined || effect.kind !== "run_bulk") return "";
  if (job.stopping === true) return ", stops after this call";
  if (focusOf(state) === "members" && stoppableHere(state) === job) return ", esc stops after this call";
  return "";
}

const addresses = new WeakMap<BulkEffect, ReadonlySet<Address>>();

/** Whether an effect has an address among those it edits. */
export function edits(effect: BulkEffect, address: Address): boolean {
  const known =
    addresses.get(effect) ??
    new Set(effect.plan.steps.flatMap((step): readonly Address[] => step.edits.map((edit) => edit.address)));
  addresses.set(effect, known);
  return known.has(address);
}
