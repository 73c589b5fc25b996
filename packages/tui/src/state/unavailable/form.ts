import { openForm } from "../actions/form.ts";
import { faultDraft } from "../fault-form.ts";
import { expiryFault, formName, isChanged, rawFault } from "../form.ts";
import { askAgain } from "../key-here.ts";
import type { State } from "../model.ts";
import { promptAnswer } from "../prompt.ts";
import { draftOf, isProfileChanged } from "../profile-form.ts";

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

/** Why the form of a group cannot be written. */
export function writeFault(state: State): string | undefined {
  const open = openForm(state);
  if (open !== undefined && !isChanged(open.screen.form)) return "Nothing has been changed yet.";
  return formFault(state);
}

/** Why a group cannot be made as the form says. */
export function createFault(state: State): string | undefined {
  if (state.screen.kind === "create" && state.screen.sending) return "It has been sent; wait for the answer.";
  return formFault(state);
}

/** Why the form of a profile makes none. */
export function draftFault({ screen }: State): string | undefined {
  const draft = screen.kind === "profile" ? draftOf(screen.form) : undefined;
  return draft?.ok === false ? draft.fault : undefined;
}

/** Why the form of a profile cannot be saved. */
export function saveFault(state: State): string | undefined {
  const { screen } = state;
  if (screen.kind !== "profile") return undefined;
  const isSame = screen.form.before !== undefined && !isProfileChanged(screen.form);
  return isSame ? "Nothing has been changed yet." : draftFault(state);
}

/** Why the form of a fault makes none. */
export function injectFault({ screen }: State): string | undefined {
  const draft = screen.kind === "fault" ? faultDraft(screen.form) : undefined;
  return draft?.ok === false ? draft.fault : undefined;
}

/** Why what is typed is no answer. */
export function promptFault({ dialog }: State): string | undefined {
  const answer = dialog?.kind === "prompt" ? promptAnswer(dialog) : undefined;
  return answer?.ok === false ? answer.fault : undefined;
}

/** Why the button in focus cannot be pressed. */
export function activateFault(state: State): string | undefined {
  if (state.screen.kind === "profile")
    return state.screen.form.field === "save" ? saveFault(state) : undefined;
  if (state.screen.kind === "fault")
    return state.screen.form.field === "inject" ? injectFault(state) : undefined;
  const field = openForm(state)?.screen.form.field;
  return field === "submit" ? createFault(state) : undefined;
}
