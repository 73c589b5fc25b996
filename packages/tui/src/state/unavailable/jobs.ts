import { plural } from "../../text/words.ts";
import {
  bulkInFront,
  canStop,
  endedBulk,
  isBusy,
  outcomeOf,
  strangersOf,
  undoOf,
  type EndedBulk,
} from "../bulk-job.ts";
import { jobInFocus, operationInFocus } from "../job-rows.ts";
import { isOpen } from "../jobs.ts";
import type { State } from "../model.ts";
import { readOnlyReason } from "../safeguards.ts";
import { BUSY } from "./members.ts";

/** Why nothing more can be sent for the group of the job in front. */
export function busyFault(state: State): string | undefined {
  const bulk = bulkInFront(state);
  return bulk !== undefined && isBusy(state, bulk.effect.gid) ? BUSY : undefined;
}

/** Why nothing is left of the job in front. */
export function restFault(state: State): string | undefined {
  const bulk = bulkInFront(state);
  return bulk !== undefined && outcomeOf(bulk.result) === "done" ? "Everything was done." : undefined;
}

/** Why no users can be made for the job in front. */
export function strangerFault(state: State): string | undefined {
  const bulk = bulkInFront(state);
  if (bulk === undefined || strangersOf(bulk.result).length === 0)
    return "Nobody was refused for being no user of the app.";
  return state.connection.canCreateUsers ? busyFault(state) : "This connection may not make users.";
}

/** Why a bulk job cannot be taken back, or undefined. */
function takeBackFault(state: State, bulk: EndedBulk | undefined): string | undefined {
  if (bulk === undefined || undoOf(state, bulk).plan.members > 0) return undefined;
  const [kept] = undoOf(state, bulk).kept;
  return `There is nothing to take back${kept === undefined ? "" : `: ${kept.reason}`}.`;
}

/** Why the job in front cannot be taken back. */
export const undoFault = (state: State): string | undefined =>
  takeBackFault(state, bulkInFront(state)) ?? busyFault(state);

/** Why the last change cannot be taken back. */
export function lastFault(state: State): string | undefined {
  const last = state.undo.at(-1);
  if (last === undefined) return "There is no change to take back yet.";
  const job = state.jobs.find(({ id }) => id === last.job);
  const bulk = job === undefined ? undefined : endedBulk(job);
  if (bulk === undefined) return undefined;
  return takeBackFault(state, bulk) ?? (isBusy(state, bulk.effect.gid) ? BUSY : undefined);
}

/** Why the job in focus cannot be stopped. */
export function stopFault(state: State): string | undefined {
  const job = jobInFocus(state);
  if (job !== undefined && canStop(job)) return undefined;
  return job?.stopping === true && job.outcome === "running"
    ? "It stops after the call on its way."
    : "Only a running job of many calls can be stopped.";
}

/** Why the row in focus has nothing to be settled. */
export function resolveFault(state: State): string | undefined {
  if (operationInFocus(state) !== undefined) return readOnlyReason(state);
  const job = jobInFocus(state);
  if (job === undefined) return "There is no job here.";
  return isOpen(job) ? undefined : "Only a job whose outcome is unknown has to be resolved.";
}

/** Why it is no time to leave. */
export function quitFault({ below, jobs }: State): string | undefined {
  const running = below.length > 0 ? 0 : jobs.filter(({ outcome }) => outcome === "running").length;
  if (running === 0) return undefined;
  return `${plural(running, "change")} on the way; wait for the answer, or ctrl+c twice quits at once.`;
}

/** Why the row in focus cannot be sent again. */
export function againFault(state: State): string | undefined {
  const effect = jobInFocus(state)?.effect;
  const isHeld = effect?.kind === "run_bulk" && isBusy(state, effect.gid);
  return resolveFault(state) ?? (isHeld ? BUSY : undefined);
}
