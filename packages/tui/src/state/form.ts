import {
  encodeFlags,
  flagPresets,
  formatFlags,
  normalFlags,
  parseFlags,
  withFlags,
  type FlagChanges,
  type FlagPreset,
  type GroupFlags,
} from "@mesibo-groups/core";
import { parseDuration } from "../text/duration.ts";
import { textField, type TextField } from "./text-field.ts";

/** The fields of the form, from top to bottom. */
export const formFields = [
  "name",
  "preset",
  "send",
  "receive",
  "store",
  "loopback",
  "expiry",
  "active",
  "raw",
  "submit",
] as const;

/** One field of the form. */
export type FormField = (typeof formFields)[number];

/** Name and flags while they are edited. What is undefined is as the group has it. */
export interface Form {
  readonly field: FormField;
  readonly name: TextField | undefined;
  readonly flags: GroupFlags | undefined;
  /** When the group shall end, as it is typed; undefined while nothing is. */
  readonly expiry: TextField | undefined;
  readonly active: boolean | undefined;
  /** What is being typed as raw flag; undefined while the field shows the flags. */
  readonly raw: TextField | undefined;
}

/** What a form starts from: the group as it is, or the defaults of a new one. */
export interface FormBase {
  readonly name: string;
  readonly flags: GroupFlags;
  /** Seconds until the group ends; undefined for a new one, which gets mesibo's default. */
  readonly expiry?: number | undefined;
  readonly active: boolean;
}

/** Where a new group starts. */
export const newGroup: FormBase = { name: "", flags: normalFlags, active: true };

/** A form without changes, with a field in focus. */
export const emptyForm = (field: FormField): Form => ({
  field,
  name: undefined,
  flags: undefined,
  expiry: undefined,
  active: undefined,
  raw: undefined,
});

/** The flags as the form has them. */
export const formFlags = ({ flags }: Form, base: FormBase): GroupFlags => flags ?? base.flags;

/** The name as the form has it. */
export const formName = ({ name }: Form, base: FormBase): string => name?.text ?? base.name;

/** The raw field's text: what is being typed, or the flags in hexadecimal. */
export const formRaw = (form: Form, base: FormBase): TextField =>
  form.raw ?? textField(formatFlags(formFlags(form, base), "hex"));

/** What is wrong with the raw field's text, or undefined. */
export function rawFault({ raw }: Form): string | undefined {
  if (raw === undefined) return undefined;
  const parsed = parseFlags(raw.text);
  return parsed.ok ? undefined : parsed.fault.message;
}

/** Whether the group is active as the form has it. */
export const formActive = ({ active }: Form, base: FormBase): boolean => active ?? base.active;

/** The seconds until the group shall end, where somebody has typed them well. */
export const formExpiry = ({ expiry }: Form): number | undefined =>
  expiry === undefined ? undefined : parseDuration(expiry.text);

/** What is wrong with the typed expiry, or undefined. */
export function expiryFault(form: Form): string | undefined {
  const { expiry } = form;
  if (expiry === undefined || (formExpiry(form) ?? 0) > 0) return undefined;
  return `${JSON.stringify(expiry.text)} is no time to live: type seconds, or a number with min, h, d, w or y, such as 30d.`;
}

/** Whether the form holds something that is not on the server. */
export const isChanged = ({ name, flags, expiry, active, raw }: Form): boolean =>
  [name, flags, expiry, active, raw].some((part) => part !== undefined);

/** The form with other flags; the same ones as the group has are no change. */
export function changeFlags(form: Form, base: FormBase, flags: GroupFlags): Form {
  return {
    ...form,
    flags: encodeFlags(flags) === encodeFlags(base.flags) ? undefined : flags,
    raw: undefined,
  };
}

const presetNames = [
  "normal",
  "restricted",
  "broadcast",
  "public_room",
  "hunt_group",
] as const satisfies readonly FlagPreset[];

/** The preset that the flags are, other bits aside; undefined where they are none. */
export function presetOf(flags: GroupFlags): FlagPreset | undefined {
  if (flags.conflicts.length > 0) return undefined;
  return presetNames.find((name) => {
    const { send, receive, store, loopback } = flagPresets[name];
    return (
      flags.send === send && flags.receive === receive && flags.store === store && flags.loopback === loopback
    );
  });
}

/** The choices of each field that has some, in order. */
export const choices = {
  preset: presetNames,
  send: ["members", "selected", "anyone"],
  receive: ["members", "selected", "in_turn"],
} as const;

function neighbour<Choice>(
  all: readonly Choice[],
  current: Choice | undefined,
  by: 1 | -1,
): Choice | undefined {
  const index = current === undefined ? -1 : all.indexOf(current);
  if (index === -1) return by === 1 ? all[0] : all.at(-1);
  return all[(index + by + all.length) % all.length];
}

function presetChanges(name: FlagPreset | undefined): FlagChanges {
  if (name === undefined) return {};
  const { send, receive, store, loopback } = flagPresets[name];
  return { send, receive, store, loopback };
}

function fieldChanges(field: FormField, flags: GroupFlags, by: 1 | -1): FlagChanges {
  switch (field) {
    case "preset":
      return presetChanges(neighbour(choices.preset, presetOf(flags), by));
    case "send":
      return { send: neighbour(choices.send, flags.send, by) };
    case "receive":
      return { receive: neighbour(choices.receive, flags.receive, by) };
    case "store":
      return { store: !flags.store };
    case "loopback":
      return { loopback: !flags.loopback };
    case "name":
    case "expiry":
    case "active":
    case "raw":
    case "submit":
      return {};
  }
}

/** The form after the choice in focus goes one on or back. Bits that no field stands for are kept. */
export function changeChoice(form: Form, base: FormBase, by: 1 | -1): Form {
  if (form.field === "active") {
    const active = !formActive(form, base);
    return { ...form, active: active === base.active ? undefined : active };
  }
  const flags = formFlags(form, base);
  const changes = fieldChanges(form.field, flags, by);
  return Object.keys(changes).length === 0 ? form : changeFlags(form, base, withFlags(flags, changes));
}

/** The fields of a new group, and of one that is there: a new one is active, and has a button. */
export const fieldsOf = (isNew: boolean): readonly FormField[] =>
  formFields.filter((field) => field !== (isNew ? "active" : "submit"));

/** The form with the next or previous field in focus. */
export function moveField(form: Form, by: 1 | -1, isNew: boolean): Form {
  const fields = fieldsOf(isNew);
  const index = fields.indexOf(form.field);
  const field = fields[(index + by + fields.length) % fields.length] ?? form.field;
  // A raw text that was read is shown as hexadecimal again; one that was not stays, with what is wrong.
  const raw = form.field === "raw" && rawFault(form) === undefined ? undefined : form.raw;
  return { ...form, field, raw };
}

function withText(form: Form, base: FormBase, field: TextField): Form {
  if (form.field === "name") return { ...form, name: field };
  // Nothing typed is nothing changed.
  if (form.field === "expiry") return { ...form, expiry: field.text === "" ? undefined : field };
  const parsed = parseFlags(field.text);
  const changed = parsed.ok ? changeFlags(form, base, parsed.flags) : form;
  return { ...changed, raw: field };
}

function textInFocus(form: Form, base: FormBase): TextField {
  if (form.field === "name") return form.name ?? textField(base.name);
  return form.field === "expiry" ? (form.expiry ?? textField()) : formRaw(form, base);
}

/** The form after a change of the text in its focus. */
export function editInForm(form: Form, base: FormBase, edit: (field: TextField) => TextField): Form {
  const before = textInFocus(form, base);
  const after = edit(before);
  return after === before ? form : withText(form, base, after);
}
