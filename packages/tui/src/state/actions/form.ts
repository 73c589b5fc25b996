import { checkFlags, decodeFlags, encodeFlags, withFlags, type GroupFlags } from "@mesibo-groups/core";
import type { Mutation } from "../effects.ts";
import {
  changeChoice,
  changeFlags,
  type Form,
  type FormBase,
  formExpiry,
  formFlags,
  formName,
  isChanged,
  moveField,
  newGroup,
} from "../form.ts";
import { groupOf, type State } from "../model.ts";
import type { CreateScreen, GroupScreen } from "../screen.ts";
import { step, withDialog, withScreen, type Step } from "../step.ts";
import { textField } from "../text-field.ts";
import type { Handler } from "./handler.ts";
import { inFaultForm, mockActions } from "./mock.ts";
import { inProfileForm, profileActions } from "./profiles.ts";

/** The form in front, with what it starts from. */
export interface OpenForm {
  readonly screen: CreateScreen | GroupScreen;
  readonly base: FormBase;
}

/** The form in front, or undefined where there is none. */
export function openForm(state: State): OpenForm | undefined {
  const { screen } = state;
  if (screen.kind === "create") return { screen, base: newGroup };
  if (screen.kind !== "group") return undefined;
  const base = groupOf(state, screen.gid);
  return base === undefined ? undefined : { screen, base };
}

/** The state with the form in front changed. */
export function withForm(state: State, change: (form: Form, base: FormBase) => Form): State {
  const open = openForm(state);
  if (open === undefined) return state;
  return withScreen(state, { ...open.screen, form: change(open.screen.form, open.base) });
}

const move =
  (by: 1 | -1): Handler =>
  (state) =>
    inProfileForm(state, "move", by) ??
    inFaultForm(state, "move", by) ??
    step(withForm(state, (form) => moveField(form, by, state.screen.kind === "create")));

const choose =
  (by: 1 | -1): Handler =>
  (state) =>
    inProfileForm(state, "choose", by) ??
    inFaultForm(state, "choose", by) ??
    step(withForm(state, (form, base) => changeChoice(form, base, by)));

/** What the form would ask of the server. */
function formEffect({ screen, base }: OpenForm, keepConflicts: boolean): Mutation {
  const { form } = screen;
  if (screen.kind === "create") {
    return {
      kind: "create_group",
      name: formName(form, base).trim(),
      flags: formFlags(form, base),
      expiry: formExpiry(form),
      keepConflicts,
    };
  }
  return {
    kind: "edit_group",
    gid: screen.gid,
    name: form.name?.text.trim(),
    flags: form.flags,
    expiry: formExpiry(form),
    active: form.active,
    keepConflicts,
  };
}

/** What a careful person wants to be asked before these flags are written. */
function warnings(form: Form, base: FormBase): readonly string[] {
  const [before, after] = [base.flags, formFlags(form, base)];
  const lines: string[] = [];
  if (form.active === false) lines.push("The group will be inactive until somebody makes it active again.");
  if (before.send !== "anyone" && after.send === "anyone")
    lines.push("Anyone will be able to send to this group, members or not.");
  if (before.store && !after.store)
    lines.push("Messages will no longer be stored: who is offline never gets them.");
  return lines;
}

function send(state: State, open: OpenForm, keepConflicts: boolean): Step {
  const effect = formEffect(open, keepConflicts);
  const { screen, base } = open;
  if (screen.kind === "create") {
    return step(withScreen({ ...state, dialog: undefined }, { ...screen, sending: true }), effect);
  }
  const lines = warnings(screen.form, base);
  if (lines.length === 0) return step(withDialog(state, undefined), effect);
  return step(
    withDialog(state, {
      kind: "confirm",
      title: "Write these changes?",
      lines,
      verb: "write them",
      phrase: undefined,
      typed: textField(),
      effects: [effect],
    }),
  );
}

/** The flags with each contradiction settled as they are read. */
const settle = (flags: GroupFlags): GroupFlags =>
  withFlags(flags, { send: flags.send, receive: flags.receive });

const submit: Handler = (state) => {
  const open = openForm(state);
  if (open === undefined) return step(state);
  const { form } = open.screen;
  const flags = open.screen.kind === "create" ? formFlags(form, open.base) : form.flags;
  // What would be written counts: a choice made since has settled its contradiction.
  const written = flags === undefined ? undefined : decodeFlags(encodeFlags(flags));
  if (written === undefined || written.conflicts.length === 0) return send(state, open, false);
  const messages = checkFlags(written)
    .filter(({ kind }) => kind === "contradiction" || kind === "undefined_choice")
    .map(({ message }) => message);
  return step(withDialog(state, { kind: "conflict", messages, settled: settle(written) }));
};

/** Actions on the form of a new or an open group. */
export const formActions = {
  next_field: move(1),
  previous_field: move(-1),
  next_choice: choose(1),
  previous_choice: choose(-1),
  activate: (state) => {
    const { screen } = state;
    if (screen.kind === "profile" && screen.form.field === "save") return profileActions.save_profile(state);
    if (screen.kind === "fault" && screen.form.field === "inject") return mockActions.inject_fault(state);
    const open = openForm(state);
    return open?.screen.form.field === "submit" ? submit(state) : choose(1)(state);
  },
  write: submit,
  create: submit,
  keep_bits: (state) => {
    const open = openForm(state);
    return open === undefined ? step(state) : send(state, open, true);
  },
  clear_bits: (state) => {
    const { dialog } = state;
    if (dialog?.kind !== "conflict") return step(state);
    const cleared = withForm(state, (form, base) => changeFlags(form, base, dialog.settled));
    const open = openForm(cleared);
    if (open === undefined) return step(state);
    // Settling can lead back to what the group has; then there is nothing left to write.
    const { form, kind } = open.screen;
    if (kind === "group" && !isChanged(form)) return step(withDialog(cleared, undefined));
    return send(cleared, open, false);
  },
} as const satisfies Record<string, Handler>;
