import * as z from "zod/mini";
import type { ConfigChange, Fields } from "../profile/edit.ts";
import type { KnownProfile } from "../profile/known.ts";
import { nameSchema, profileSchema, type Kind, type Profile } from "../profile/schema.ts";
import { textField, type TextField } from "./text-field.ts";

/** The fields of the form of a profile, from top to bottom. */
const profileFields = [
  "name",
  "kind",
  "url",
  "dialect",
  "credential",
  "source",
  "read_only",
  "danger",
  "save",
] as const;

/** One field of the form of a profile. */
export type ProfileField = (typeof profileFields)[number];

/** Where a profile has its token from. The token itself is nowhere in the form. */
export type CredentialSource = "environment" | "file" | "command";

/** The choices of each field that has some, in order. */
export const profileChoices = {
  kind: ["mock", "gateway", "mesibo"],
  dialect: ["json", "form"],
  credential: ["environment", "file", "command"],
} as const;

/** A profile while it is written. */
export interface ProfileForm {
  readonly field: ProfileField;
  /** What it was; undefined for a new profile. */
  readonly before: KnownProfile | undefined;
  readonly name: TextField;
  readonly kind: Kind;
  readonly url: TextField;
  readonly dialect: (typeof profileChoices.dialect)[number];
  readonly credential: CredentialSource;
  /** The path of a file, or a program with its arguments. */
  readonly source: TextField;
  readonly readOnly: boolean;
  readonly danger: boolean;
}

/** The form of a new profile. */
export const newProfile = (kind: Kind): ProfileForm => ({
  field: "name",
  before: undefined,
  name: textField(),
  kind,
  url: textField(),
  dialect: "json",
  credential: "environment",
  source: textField(),
  readOnly: false,
  danger: false,
});

// A space within a word would make two of it, so such a list is written as JSON.
const commandText = (argv: readonly string[]): string =>
  argv.some((word) => word === "" || /[\s"[]/.test(word)) ? JSON.stringify(argv) : argv.join(" ");

const argvSchema = z.array(z.string());

/** A program with its arguments, between spaces or as a JSON list; empty where the list cannot be read. */
function readCommand(text: string): readonly string[] {
  if (!text.trimStart().startsWith("[")) return text.split(/\s+/).filter((word) => word !== "");
  try {
    return argvSchema.parse(JSON.parse(text));
  } catch {
    return [];
  }
}

function credentialOf({
  token_command: command,
  token_file: file,
}: Profile): Pick<ProfileForm, "credential" | "source"> {
  if (command !== undefined) return { credential: "command", source: textField(commandText(command)) };
  if (file !== undefined) return { credential: "file", source: textField(file) };
  return { credential: "environment", source: textField() };
}

const dialectOf = (profile: Profile): ProfileForm["dialect"] =>
  "dialect" in profile && (profile.dialect === "form" || profile.dialect === "v1-form") ? "form" : "json";

/** The form of a profile that is there. */
export const profileForm = (before: KnownProfile & { readonly stored: Profile }): ProfileForm => ({
  field: "kind",
  before,
  name: textField(before.name),
  kind: before.stored.kind,
  url: textField(before.stored.url ?? ""),
  dialect: dialectOf(before.stored),
  ...credentialOf(before.stored),
  readOnly: before.readOnly,
  danger: before.danger,
});

/** The fields that are there: a name stays, a gateway has one dialect, and the environment needs no source. */
export const shownFields = ({ before, kind, credential }: ProfileForm): readonly ProfileField[] =>
  profileFields.filter((field) => {
    if (field === "name") return before === undefined;
    if (field === "dialect") return kind !== "gateway";
    return field !== "source" || credential !== "environment";
  });

/** The form with the next or previous field in focus. */
export function moveProfileField(form: ProfileForm, by: 1 | -1): ProfileForm {
  const fields = shownFields(form);
  return {
    ...form,
    field: fields[(fields.indexOf(form.field) + by + fields.length) % fields.length] ?? "kind",
  };
}

function turned<Choice>(all: readonly Choice[], current: Choice, by: 1 | -1): Choice {
  return all[(all.indexOf(current) + by + all.length) % all.length] ?? current;
}

/** The form after the choice in focus goes one on or back. */
export function changeProfileChoice(form: ProfileForm, by: 1 | -1): ProfileForm {
  const { field } = form;
  switch (field) {
    case "kind":
      return { ...form, kind: turned(profileChoices.kind, form.kind, by) };
    case "dialect":
      return { ...form, dialect: turned(profileChoices.dialect, form.dialect, by) };
    case "credential":
      // A path is no command.
      return {
        ...form,
        credential: turned(profileChoices.credential, form.credential, by),
        source: textField(),
      };
    case "read_only":
      return { ...form, readOnly: !form.readOnly };
    case "danger":
      return { ...form, danger: !form.danger };
    case "name":
    case "url":
    case "source":
    case "save":
      return form;
  }
}

/** The form after a change of the text in its focus. */
export function editInProfile(form: ProfileForm, edit: (field: TextField) => TextField): ProfileForm {
  const { field } = form;
  return field === "name" || field === "url" || field === "source"
    ? { ...form, [field]: edit(form[field]) }
    : form;
}

const trimmed = ({ text }: TextField): string | undefined => (text.trim() === "" ? undefined : text.trim());

/** What the form says of the fields that it has; others that the file holds are not its business. */
function fieldsOf(form: ProfileForm): Fields {
  const { kind, credential, source } = form;
  return {
    kind,
    url: trimmed(form.url),
    dialect: kind === "gateway" || form.dialect === "json" ? undefined : form.dialect,
    token_command: credential === "command" ? readCommand(source.text) : undefined,
    token_file: credential === "file" ? source.text.trim() : undefined,
    read_only: form.readOnly ? true : undefined,
    danger: form.danger ? true : undefined,
  };
}

/** What the form changes of a profile that is there; what means the same is left as somebody wrote it. */
function changedFields(form: ProfileForm): Fields {
  const stored = form.before?.stored;
  if (form.before === undefined || stored === undefined) return fieldsOf(form);
  const before = fieldsOf(profileForm({ ...form.before, stored }));
  const fields = Object.entries(fieldsOf(form)).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field]),
  );
  const alone = form.kind === "gateway" && "dialect" in stored ? { dialect: undefined } : {};
  return { ...Object.fromEntries(fields), ...alone };
}

/** Whether the form holds something that is not in the file. */
export function isProfileChanged(form: ProfileForm): boolean {
  if (form.before !== undefined) return Object.keys(changedFields(form)).length > 0;
  return [form.name, form.url, form.source].some(({ text }) => text !== "");
}

/** A form that was read: the profile, and the change of the file that makes it so. */
export type Draft =
  | { readonly ok: true; readonly name: string; readonly profile: Profile; readonly change: ConfigChange }
  | { readonly ok: false; readonly fault: string };

/** Reads the form. The fault is a sentence that names the field. */
export function draftOf(form: ProfileForm): Draft {
  const name = nameSchema.safeParse(form.name.text);
  if (!name.success) return { ok: false, fault: `The name ${name.error.issues[0]?.message ?? "is wrong."}` };
  const fields = changedFields(form);
  const whole = Object.entries({ ...form.before?.stored, ...fields }).filter(
    ([, value]) => value !== undefined,
  );
  const profile = profileSchema.safeParse(Object.fromEntries(whole));
  if (!profile.success) {
    const [issue] = profile.error.issues;
    return { ok: false, fault: `${issue?.path.join(".") ?? "It"} ${issue?.message ?? "is wrong."}` };
  }
  const change: ConfigChange =
    form.before === undefined
      ? { kind: "add", name: name.data, profile: profile.data }
      : { kind: "edit", name: name.data, fields };
  return { ok: true, name: name.data, profile: profile.data, change };
}
