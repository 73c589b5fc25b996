import type { Action } from "../keys/keys.ts";
import { chosenGroups } from "./actions/groups.ts";
import { keyHere } from "./key-here.ts";
import { marksInFront } from "./marks.ts";
import { mockFault } from "./mock.ts";
import { groupOf, type State } from "./model.ts";
import { openList } from "./rows.ts";
import { readOnlyFault } from "./safeguards.ts";
import {
  activateFault,
  createFault,
  draftFault,
  injectFault,
  promptFault,
  saveFault,
  writeFault,
} from "./unavailable/form.ts";
import {
  againFault,
  busyFault,
  lastFault,
  quitFault,
  resolveFault,
  restFault,
  stopFault,
  strangerFault,
  undoFault,
} from "./unavailable/jobs.ts";
import { addFault, listFault, targetFault } from "./unavailable/members.ts";
import { expiryLeft, rulesFault, savedFault, unreadFault } from "./unavailable/mock.ts";
import { connectFault, rowFault, storedFault } from "./unavailable/profiles.ts";
import { needsRow } from "./unavailable/row.ts";
import { droppable } from "./waiting.ts";

function confirmFault({ dialog }: State): string | undefined {
  if (dialog?.kind !== "confirm" || dialog.phrase === undefined) return undefined;
  return dialog.typed.text === dialog.phrase ? undefined : `Type ${dialog.phrase} first, then y.`;
}

function turnFault(state: State): string | undefined {
  const { screen } = state;
  if (screen.kind !== "group") return undefined;
  return groupOf(state, screen.gid)?.flags.receive === "in_turn"
    ? undefined
    : "Only groups where one member receives in turn have a next turn.";
}

const isMarked = ({ screen }: State): boolean => marksInFront(screen).marked.size > 0;

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
  connect: connectFault,
  redo: ({ redo }) => (redo.length === 0 ? "Nothing has been taken back." : undefined),
  export_har: needsRow,
  export_list: (state) => (isMarked(state) ? undefined : needsRow(state)),
  export_script: needsRow,
  job_happened: resolveFault,
  job_did_not: resolveFault,
  job_again: againFault,
  quit: quitFault,
  delete_group: (state) => (chosenGroups(state).length === 0 ? "There is no group here." : undefined),
  write: writeFault,
  create: createFault,
  edit_profile: storedFault,
  remove_profile: storedFault,
  test_profile: rowFault,
  save_profile: saveFault,
  test_draft: draftFault,
  activate: activateFault,
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
  clear_marks: (state) => (isMarked(state) ? undefined : "No row is marked."),
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
    isMarked(state) ||
    (openList(state)?.list.filter.text ?? "") !== ""
      ? undefined
      : `This is the first screen; ${keyHere(state, "quit")} quits.`,
  show_notice: ({ notice }) => (notice === undefined ? "There is no message yet." : undefined),
};

/** Why an action does not work now, in a sentence; undefined where it works. */
export const unavailable = (state: State, action: Action): string | undefined =>
  readOnlyFault(state, action) ?? reasons[action]?.(state);
