import { withForm } from "./actions/form.ts";
import { withFaultForm } from "./actions/mock.ts";
import { withProfileForm } from "./actions/profiles.ts";
import { editInFault } from "./fault-form.ts";
import { focusOf, type Focus } from "./focus.ts";
import { editInForm } from "./form.ts";
import type { State } from "./model.ts";
import { editInProfile } from "./profile-form.ts";
import { openList } from "./rows.ts";
import { withDialog } from "./step.ts";
import type { TextField } from "./text-field.ts";

/** Puts a change into the text that is typed in one place. */
type Edit = (state: State, edit: (field: TextField) => TextField) => State;

const inForm: Edit = (state, edit) => withForm(state, (form, base) => editInForm(form, base, edit));

const inProfile: Edit = (state, edit) => withProfileForm(state, (form) => editInProfile(form, edit));

const inFault: Edit = (state, edit) => withFaultForm(state, (form) => editInFault(form, edit));

const inPrompt: Edit = (state, edit) => {
  const { dialog } = state;
  return dialog?.kind === "prompt" ? withDialog(state, { ...dialog, text: edit(dialog.text) }) : state;
};

const inFilter: Edit = (state, edit) => {
  const open = openList(state);
  return open === undefined
    ? state
    : open.withList({ ...open.list, filter: edit(open.list.filter), cursor: 0 });
};

const inList: Edit = (state, edit) => {
  const { dialog } = state;
  if (dialog?.kind !== "bulk") return state;
  return withDialog(state, { ...dialog, text: edit(dialog.text), reading: undefined, fault: undefined });
};

/** Digits of the longest gid. */
const GID_DIGITS = 10;

/** A phrase whatever its numbers are. */
const shapeOf = (phrase: string): string => phrase.replaceAll(/\d+/g, "0");

const inPhrase: Edit = (state, edit) => {
  const { dialog } = state;
  if (dialog?.kind !== "confirm" || dialog.phrase === undefined) return state;
  const typed = edit(dialog.typed);
  // Another number is told to be wrong; a letter that is typed where none belongs is a slip.
  const isMeant =
    typed.text.length <= Math.max(GID_DIGITS, dialog.phrase.length) &&
    shapeOf(dialog.phrase).startsWith(shapeOf(typed.text));
  return isMeant ? withDialog(state, { ...dialog, typed }) : state;
};

const inQuery: Edit = (state, edit) => {
  const { dialog } = state;
  if (dialog?.kind !== "palette") return state;
  return withDialog(state, { ...dialog, query: edit(dialog.query), cursor: 0 });
};

const inHelp: Edit = (state, edit) =>
  state.help === undefined ? state : { ...state, help: { top: 0, words: edit(state.help.words) } };

const edits: Partial<Record<Focus, Edit>> = {
  "create.text": inForm,
  "overview.text": inForm,
  "profile.text": inProfile,
  "groups.filter": inFilter,
  "members.filter": inFilter,
  "who.filter": inFilter,
  "requests.filter": inFilter,
  "mock.filter": inFilter,
  "fault.text": inFault,
  prompt: inPrompt,
  add: inList,
  confirm: inPhrase,
  palette: inQuery,
  help: inHelp,
};

/** Puts a change into the text in focus. Undefined where no text is being typed. */
export const editInFocus = (state: State, edit: (field: TextField) => TextField): State | undefined =>
  edits[focusOf(state)]?.(state, edit);
