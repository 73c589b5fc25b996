import { actionFor, standardKeys, type Keymap } from "../keys/keymap.ts";
import type { Action } from "../keys/keys.ts";
import type { KeyEvent } from "../keys/collect-keys.ts";
import type { KeyPress } from "../keys/press.ts";
import { handlers } from "./actions/index.ts";
import { obey } from "./actions/palette.ts";
import { answered } from "./answers.ts";
import { burst } from "./burst.ts";
import { callEdited } from "./edited-answers.ts";
import { editInFocus } from "./edits.ts";
import type { Answer, Signal } from "./events.ts";
import { focusOf } from "./focus.ts";
import { operationsAnswered } from "./operation-answers.ts";
import { withJobs } from "./jobs.ts";
import { isHere } from "./key-here.ts";
import { firstLook } from "./keeper.ts";
import { keeping } from "./keeping.ts";
import { emptyList } from "./list.ts";
import { plainLook, type Look } from "./look.ts";
import { noMarks } from "./marks.ts";
import { noMock } from "./mock.ts";
import { mockAnswered } from "./mock-answers.ts";
import type { Connection, Size, State } from "./model.ts";
import { behind, offers } from "./palette.ts";
import { pasted } from "./paste.ts";
import { noticeWanted, profilesChanged, profilesListed, profileTested } from "./profile-answers.ts";
import { withCall } from "./recorded.ts";
import { openList } from "./rows.ts";
import { noticed, step, withDialog, type Step } from "./step.ts";
import { editText, insert } from "./text-field.ts";
import { safeguarded } from "./safeguards.ts";
import { unavailable } from "./unavailable.ts";

/** Everything that happens to the application. */
export type Event = KeyEvent | Signal | Answer;

/** What the application begins with. */
export interface StartOptions {
  readonly size: Size;
  readonly connection: Connection;
  /** Default: the key table as it comes. */
  readonly keymap?: Keymap | undefined;
  /** Default: the terminal's own colours, and UTF-8. */
  readonly look?: Look | undefined;
}

/** The first state, and what to ask of the server. */
export function start({ keymap = standardKeys, look = plainLook, ...options }: StartOptions): Step {
  const state: State = {
    screen: { kind: "groups", list: emptyList, marks: noMarks },
    below: [],
    dialog: undefined,
    help: undefined,
    data: { groups: undefined, rosters: new Map() },
    notice: undefined,
    calls: [],
    running: [],
    editing: [],
    jobs: [],
    undo: [],
    redo: [],
    mock: noMock,
    operations: { unknown: [], fault: undefined },
    halted: undefined,
    interrupts: 0,
    quit: false,
    keymap,
    look,
    ...options,
  };
  const { notice: text } = options.connection;
  if (text !== undefined) return step(withDialog(state, { kind: "notice", text }));
  return step(state, ...firstLook(options.connection));
}

/** A key that no row of the key table names: text where text is typed, nothing elsewhere. */
const typed = (state: State, key: KeyPress): State =>
  editInFocus(state, (field) => editText(field, key)) ?? state;

/** What a key was answered with is gone with the next one; how a call ended stays. */
const withoutHint = (state: State): State =>
  state.notice?.outcome === "info" ? { ...state, notice: undefined } : state;

/** Any other key answers the question that the first `ctrl+c` asks. */
const uninterrupted = ({ interrupts }: State, next: Step): Step =>
  next.state.interrupts === 0 || next.state.interrupts !== interrupts
    ? next
    : { ...next, state: { ...next.state, interrupts: 0 } };

function commanded(state: State): Step {
  const { dialog } = state;
  if (dialog?.kind !== "palette") return step(state);
  const offer = offers(state, dialog)[dialog.cursor];
  if (offer === undefined) return step(noticed(state, "info", "No command has these words; esc closes."));
  const { command, reason } = offer;
  if (reason !== undefined) return step(noticed(state, "info", reason));
  return command.kind === "action" ? act(behind(state), command.action) : obey(state, command);
}

function act(state: State, action: Action): Step {
  if (action === "run_command") return commanded(state);
  const reason = unavailable(state, action);
  return reason === undefined ? handlers[action](state) : step(noticed(state, "info", reason));
}

/** Whether a key goes on with a phrase that has to be typed: a name may have y, n or q in it. */
function isInPhrase({ dialog }: State, { text }: KeyPress): boolean {
  if (dialog?.kind !== "confirm" || dialog.phrase === undefined || text === undefined) return false;
  return dialog.phrase.startsWith(insert(dialog.typed, text).text);
}

function pressed(state: State, key: KeyPress): Step {
  if (isInPhrase(state, key)) return step(typed(state, key));
  const action = actionFor(state.keymap, { focus: focusOf(state), key: key.name });
  return action === undefined ? step(typed(state, key)) : act(state, action);
}

const named = (state: State, action: Action): Step =>
  isHere(state, action) ? act(state, action) : step(state);

function pointed(state: State, row: number): State {
  const open = openList(state);
  return open?.withList({ ...open.list, cursor: row, filtering: false }) ?? state;
}

function aged(state: State, asOf: number): State {
  const { groups } = state.data;
  if (groups === undefined || groups.asOf !== asOf) return state;
  return { ...state, data: { ...state.data, groups: { ...groups, stale: true } } };
}

function happened(state: State, event: Event): Step {
  switch (event.kind) {
    case "key":
      return uninterrupted(state, pressed(withoutHint(state), event.key));
    case "burst":
      return burst(state, event.keys, (reached, key) => guarded(reached, { kind: "key", key }));
    case "pasted":
      return uninterrupted(state, step(pasted(state, event)));
    case "acted":
      return uninterrupted(state, named(withoutHint(state), event.action));
    case "pointed":
      return uninterrupted(withoutHint(state), step(pointed(state, event.row)));
    case "left":
      return step({ ...state, quit: true });
    case "interrupt_over":
      return step(state.interrupts === 1 ? { ...withoutHint(state), interrupts: 0 } : state);
    case "resized":
      return step({ ...state, size: { columns: event.columns, rows: event.rows } });
    case "called":
      return step(withCall(state, event.record));
    case "started":
      return step({
        ...state,
        running: [...state.running, { id: event.id, text: event.text, effect: event.effect }],
      });
    case "progressed":
      return step({
        ...state,
        running: state.running.map((task) => (task.id === event.id ? { ...task, text: event.text } : task)),
      });
    case "waited":
      return step({
        ...state,
        running: state.running.map((task) =>
          task.id === event.id ? { ...task, seconds: event.seconds } : task,
        ),
      });
    case "watch_due":
      return step(state, { kind: "read_mock", after: state.mock.requests[0]?.n ?? 0, quiet: true });
    case "mock_read":
    case "mock_changed":
    case "world_saved":
    case "world_compared":
    case "request_written":
    case "mock_exported":
    case "control_failed":
      return mockAnswered(state, event);
    case "operations_listed":
    case "operation_forgotten":
    case "operation_settled":
    case "operations_failed":
      return operationsAnswered(state, event);
    case "call_edited":
    case "call_faulty":
    case "call_dropped":
      return step(callEdited(state, event));
    case "aged":
      return step(aged(state, event.asOf));
    case "profiles_listed":
      return step(profilesListed(state, event));
    case "profiles_changed":
      return profilesChanged(state, event);
    case "profile_tested":
      return step(profileTested(state, event));
    case "notice_wanted":
      return step(noticeWanted(state, event));
    case "connected":
      // Made anew: nothing of the other server stays.
      return start({
        size: state.size,
        keymap: state.keymap,
        look: state.look,
        connection: event.connection,
      });
    case "profile_failed":
      return step(noticed(state, "not_sent", event.text));
    case "ended":
      return step({ ...state, running: state.running.filter(({ id }) => id !== event.id) });
    case "groups_listed":
    case "members_listed":
    case "group_created":
    case "group_edited":
    case "group_deleted":
    case "members_edited":
    case "bulk_ended":
    case "file_read":
    case "failures_saved":
    case "reading_stopped":
    case "edited_sent":
    case "failed":
    case "copied":
    case "not_copied":
    case "exported":
    case "not_exported":
    case "handed_over":
    case "not_handed_over":
      return answered(state, event);
  }
}

// What an answer leads to was confirmed with the change that it answers.
function guarded(state: State, event: Event): Step {
  const next = happened(state, event);
  if (next.state.halted !== undefined) return step(next.state);
  // What comes back from the editor was written by hand too.
  const byHand = ["key", "acted", "pasted", "call_edited"].includes(event.kind);
  return byHand ? safeguarded(state, next) : next;
}

/**
 * The application: what its state becomes when something happens, and what to ask of the server. Pure, so
 * that every behaviour can be tested without a terminal.
 */
export function update(state: State, event: Event): Step {
  const { state: next, effects } = guarded(state, event);
  return { state: withJobs(next, effects), effects: [...effects, ...keeping(state, next)] };
}
