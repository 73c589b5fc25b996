import type { Action } from "../keys/keys.ts";
import { textField } from "./text-field.ts";
import { controlTitle, isControlChange, type ControlChange } from "./control-effects.ts";
import { subjectOf } from "./edited-call.ts";
import { isOperationChange, settleTitle, type OperationChange } from "./operation-effects.ts";
import { isMutation, type Effect, type Mutation } from "./effects.ts";
import { jobTitle } from "./jobs.ts";
import { operationPhrase } from "./operation-words.ts";
import type { State } from "./model.ts";
import type { ConfirmDialog } from "./dialogs.ts";
import { noticed, step, withDialog, type Step } from "./step.ts";

/** Why nothing can be changed on this connection, as a sentence; undefined where it can. */
export const readOnlyReason = ({ connection }: State): string | undefined =>
  connection.readOnly === undefined
    ? undefined
    : `${connection.name} is read-only (${connection.readOnly} says so), so nothing can be changed.`;

const changing: ReadonlySet<Action> = new Set([
  "edit_again",
  "new_group",
  "delete_group",
  "write",
  "create",
  "toggle_send",
  "toggle_receive",
  "toggle_publish",
  "toggle_subscribe",
  "toggle_list",
  "add_members",
  "remove_members",
  "add_now",
  "create_users",
  "keep_bits",
  "clear_bits",
  "undo",
  "redo",
  "job_again",
  "freeze_clock",
  "advance_clock",
  "next_expiry",
  "real_time",
  "new_fault",
  "remove_fault",
  "clear_faults",
  "inject_fault",
  "restore_world",
  "fork_world",
] satisfies Action[]);

/** Why an action would change what may not be changed here; undefined where it may, or changes nothing. */
export const readOnlyFault = (state: State, action: Action): string | undefined =>
  changing.has(action) ? readOnlyReason(state) : undefined;

const phraseOf = (effects: readonly Effect[]): string | undefined => {
  for (const effect of effects) {
    if (effect.kind === "send_edited") return subjectOf(effect.call);
    if (isMutation(effect) && effect.kind !== "create_group") return String(effect.gid);
    if (isOperationChange(effect)) return operationPhrase(effect.operation);
  }
  return undefined;
};

/** A change of what a server holds, by mesibo's API or behind it. */
type Change = Mutation | ControlChange | OperationChange;

const isChange = (effect: Effect): effect is Change =>
  isMutation(effect) || isControlChange(effect) || isOperationChange(effect);

function changeTitle(effect: Change): string {
  if (isOperationChange(effect)) return settleTitle(effect);
  return isControlChange(effect) ? controlTitle(effect) : jobTitle(effect);
}

/** What is asked on a connection marked danger where elsewhere nothing is. */
function askFirst(before: State, effects: readonly Change[]): State {
  const dialog: ConfirmDialog = {
    kind: "confirm",
    title: `Change ${before.connection.name}?`,
    lines: [
      "This profile is marked danger, so every change is asked about.",
      ...effects.map((effect) => `It would ${changeTitle(effect)}.`),
    ],
    verb: "do it",
    phrase: undefined,
    typed: textField(),
    effects,
    over: before.dialog?.kind === "palette" ? undefined : before.dialog,
  };
  return withDialog(before, dialog);
}

/** The step with the safeguards of its connection: read-only stops changes, danger asks one level higher. */
export function safeguarded(before: State, next: Step): Step {
  const changes = next.effects.filter(isChange);
  const reason = readOnlyReason(before);
  if (reason !== undefined && changes.length > 0) return step(noticed(before, "info", reason));
  if (before.connection.danger !== true) return next;
  if (changes.length > 0 && before.dialog?.kind !== "confirm") return step(askFirst(before, changes));
  const { dialog } = next.state;
  if (dialog?.kind !== "confirm" || before.dialog?.kind === "confirm") return next;
  const phrase = dialog.phrase ?? phraseOf(dialog.effects);
  return { ...next, state: withDialog(next.state, { ...dialog, phrase }) };
}
