import type { Action } from "../keys/keys.ts";
import { groupInFocus } from "./actions/groups.ts";
import { plural } from "../text/words.ts";
import { openForm } from "./actions/form.ts";
import { targets } from "./actions/members.ts";
import { profileInFocus } from "./actions/profiles.ts";
import {
  bulkInFront,
  canStop,
  endedBulk,
  isBusy,
  outcomeOf,
  strangersOf,
  undoOf,
  type EndedBulk,
} from "./bulk-job.ts";
import { faultDraft } from "./fault-form.ts";
import { expiryFault, formName, isChanged, rawFault } from "./form.ts";
import { jobInFocus, operationInFocus } from "./job-rows.ts";
import { isOpen } from "./jobs.ts";
import { askAgain, keyHere } from "./key-here.ts";
import { previewOf } from "./list-preview.ts";
import { mockFault } from "./mock.ts";
import { groupOf, type State } from "./model.ts";
import { promptAnswer } from "./prompt.ts";
import { draftOf, isProfileChanged } from "./profile-form.ts";
import { openList } from "./rows.ts";
import { readOnlyFault, readOnlyReason } from "./safeguards.ts";
import { droppable } from "./waiting.ts";

const needsRow = (state: State): string | undefined =>
  openList(state)?.count === 0 ? "There is no row here." : undefined;

function formFault(state: State): string | undefined {
  const open = openForm(state);
  if (open === undefined) return `The group is not listed any more; ${askAgain(state)}`;
  const { form } = open.screen;
  const raw = rawFault(form);
  if (raw !== undefined) return raw;
  const expiry = expiryFault(open.screen.form);
  if (expiry !== undefined) return expiry;
  if (formName(form, open.base).trim() === "") return "A group needs a name: type one in the first field.";
  return undefined;
}

function writeFault(state: State): string | undefined {
  const open = openForm(state);
  if (open !== undefined && !isChanged(open.screen.form)) return "Nothing has been changed yet.";
  return formFault(state);
}

function createFault(state: State): string | undefined {
  if (state.screen.kind === "create" && state.screen.sending) return "It has been sent; wait for the answer.";
  return formFault(state);
}

function targetFault(state: State): string | undefined {
  if (state.dialog !== undefined || state.screen.kind !== "group") return undefined;
  return targets(state, state.screen).length === 0
    ? `There is no member here; ${keyHere(state, "add_members")} adds some.`
    : undefined;
}

function confirmFault({ dialog }: State): string | undefined {
  if (dialog?.kind !== "confirm" || dialog.phrase === undefined) return undefined;
  return dialog.typed.text === dialog.phrase ? undefined : `Type ${dialog.phrase} first, then y.`;
}

function listFault({ dialog }: State): string | undefined {
  if (dialog?.kind !== "bulk") return undefined;
  if (dialog.reading !== undefined) return "The file is being read.";
  return /\S/.test(dialog.text.text) ? undefined : "Type or paste at least one address.";
}

const BUSY = "A job of this group is running. Wait for it, or stop it: esc in the list of members.";

function addFault(state: State): string | undefined {
  const { dialog } = state;
  if (dialog?.kind !== "bulk") return undefined;
  if (isBusy(state, dialog.gid)) return BUSY;
  const preview = previewOf(state, dialog);
  return preview?.plan.members === 0 ? "No address in the list can be sent." : undefined;
}

function busyFault(state: State): string | undefined {
  const bulk = bulkInFront(state);
  return bulk !== undefined && isBusy(state, bulk.effect.gid) ? BUSY : undefined;
}

function restFault(state: State): string | undefined {
  const bulk = bulkInFront(state);
  return bulk !== undefined && outcomeOf(bulk.result) === "done" ? "Everything was done." : undefined;
}

function strangerFault(state: State): string | undefined {
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

const undoFault = (state: State): string | undefined =>
  takeBackFault(state, bulkInFront(state)) ?? busyFault(state);

function lastFault(state: State): string | undefined {
  const last = state.undo.at(-1);
  if (last === undefined) return "There is no change to take back yet.";
  const job = state.jobs.find(({ id }) => id === last.job);
  const bulk = job === undefined ? undefined : endedBulk(job);
  if (bulk === undefined) return undefined;
  return takeBackFault(state, bulk) ?? (isBusy(state, bulk.effect.gid) ? BUSY : undefined);
}

function stopFault(state: State): string | undefined {
  const job = jobInFocus(state);
  if (job !== undefined && canStop(job)) return undefined;
  return job?.stopping === true && job.outcome === "running"
    ? "It stops after the call on its way."
    : "Only a running job of many calls can be stopped.";
}

function turnFault(state: State): string | undefined {
  const { screen } = state;
  if (screen.kind !== "group") return undefined;
  return groupOf(state, screen.gid)?.flags.receive === "in_turn"
    ? undefined
    : "Only groups where one member receives in turn have a next turn.";
}

function resolveFault(state: State): string | undefined {
  if (operationInFocus(state) !== undefined) return readOnlyReason(state);
  const job = jobInFocus(state);
  if (job === undefined) return "There is no job here.";
  return isOpen(job) ? undefined : "Only a job whose outcome is unknown has to be resolved.";
}

function quitFault({ below, jobs }: State): string | undefined {
  const running = below.length > 0 ? 0 : jobs.filter(({ outcome }) => outcome === "running").length;
  if (running === 0) return undefined;
  return `${plural(running, "change")} on the way; wait for the answer, or ctrl+c twice quits at once.`;
}

const notRead = (state: State): string => `The profiles have not been read; ${askAgain(state)}`;

function rowFault(state: State): string | undefined {
  const { screen } = state;
  if (screen.kind === "profiles" && screen.profiles === undefined) return notRead(state);
  return profileInFocus(state) === undefined
    ? `There is no profile yet; ${keyHere(state, "new_profile")} makes one.`
    : undefined;
}

const storedFault = (state: State): string | undefined =>
  rowFault(state) ??
  (profileInFocus(state)?.stored === undefined
    ? "The mock inside is in no file: there is nothing to change."
    : undefined);

function draftFault({ screen }: State): string | undefined {
  const draft = screen.kind === "profile" ? draftOf(screen.form) : undefined;
  return draft?.ok === false ? draft.fault : undefined;
}

function saveFault(state: State): string | undefined {
  const { screen } = state;
  if (screen.kind !== "profile") return undefined;
  const isSame = screen.form.before !== undefined && !isProfileChanged(screen.form);
  return isSame ? "Nothing has been changed yet." : draftFault(state);
}

function injectFault({ screen }: State): string | undefined {
  const draft = screen.kind === "fault" ? faultDraft(screen.form) : undefined;
  return draft?.ok === false ? draft.fault : undefined;
}

const unreadFault = (state: State): string | undefined =>
  state.mock.reading === undefined ? `The mock has not answered yet; ${askAgain(state)}` : undefined;

const rulesFault = (state: State): string | undefined =>
  unreadFault(state) ??
  (needsRow(state) === undefined
    ? undefined
    : `Nothing is injected; ${keyHere(state, "new_fault")} makes a fault.`);

const savedFault = (state: State): string | undefined =>
  needsRow(state) === undefined
    ? undefined
    : `There is no snapshot yet; ${keyHere(state, "save_world")} takes one.`;

function expiryLeft(state: State): string | undefined {
  const isEmpty = state.mock.reading?.clock.expires_next.length === 0;
  return unreadFault(state) ?? (isEmpty ? "No group ends." : undefined);
}

function promptFault({ dialog }: State): string | undefined {
  const answer = dialog?.kind === "prompt" ? promptAnswer(dialog) : undefined;
  return answer?.ok === false ? answer.fault : undefined;
}

const reasons: Partial<Record<Action, (state: State) => string | undefined>> = {
  open: needsRow,
  open_job: needsRow,
  show_mock: mockFault,
  freeze_clock: unreadFault,
  advance_clock: unreadFault,
  real_time: unreadFault,
  next_expiry: expiryLeft,
  new_fault: unreadFault,
  remove_fault: rulesFault,
  clear_faults: rulesFault,
  inject_fault: injectFault,
  save_world: unreadFault,
  fork_world: unreadFault,
  restore_world: savedFault,
  compare_world: savedFault,
  write_world: savedFault,
  export_journal: needsRow,
  export_tests: needsRow,
  answer_prompt: promptFault,
  undo: lastFault,
  connect: (state) => {
    const { jobs, screen } = state;
    if (screen.kind === "profiles" && screen.profiles === undefined) return notRead(state);
    return jobs.some(({ outcome }) => outcome === "running")
      ? "A change is on the way; wait for its answer before you connect elsewhere."
      : undefined;
  },
  redo: ({ redo }) => (redo.length === 0 ? "Nothing has been taken back." : undefined),
  export_har: needsRow,
  export_list: needsRow,
  export_script: needsRow,
  job_happened: resolveFault,
  job_did_not: resolveFault,
  job_again: (state) => {
    const effect = jobInFocus(state)?.effect;
    const isHeld = effect?.kind === "run_bulk" && isBusy(state, effect.gid);
    return resolveFault(state) ?? (isHeld ? BUSY : undefined);
  },
  quit: quitFault,
  delete_group: (state) => (groupInFocus(state) === undefined ? "There is no group here." : undefined),
  write: writeFault,
  create: createFault,
  edit_profile: storedFault,
  remove_profile: storedFault,
  test_profile: rowFault,
  save_profile: saveFault,
  test_draft: draftFault,
  activate: (state) => {
    if (state.screen.kind === "profile")
      return state.screen.form.field === "save" ? saveFault(state) : undefined;
    if (state.screen.kind === "fault")
      return state.screen.form.field === "inject" ? injectFault(state) : undefined;
    const field = openForm(state)?.screen.form.field;
    return field === "submit" ? createFault(state) : undefined;
  },
  toggle_send: targetFault,
  toggle_receive: targetFault,
  toggle_publish: targetFault,
  toggle_subscribe: targetFault,
  toggle_list: targetFault,
  mark: needsRow,
  mark_all: needsRow,
  mark_range: needsRow,
  mark_down: needsRow,
  mark_up: needsRow,
  clear_marks: ({ screen }) =>
    screen.kind === "group" && screen.marked.size === 0 ? "No row is marked." : undefined,
  remove_members: targetFault,
  next_turn: turnFault,
  confirm: confirmFault,
  preview: listFault,
  add_now: addFault,
  create_users: strangerFault,
  retry_failed: (state) => restFault(state) ?? busyFault(state),
  save_failures: restFault,
  undo_bulk: undoFault,
  stop_job: stopFault,
  back: (state) =>
    state.below.length > 0 ||
    droppable(state) !== undefined ||
    (openList(state)?.list.filter.text ?? "") !== ""
      ? undefined
      : `This is the first screen; ${keyHere(state, "quit")} quits.`,
  show_notice: ({ notice }) => (notice === undefined ? "There is no message yet." : undefined),
};

/** Why an action does not work now, in a sentence; undefined where it works. */
export const unavailable = (state: State, action: Action): string | undefined =>
  readOnlyFault(state, action) ?? reasons[action]?.(state);
