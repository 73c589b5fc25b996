import type { State } from "./model.ts";
import { isFaultText } from "./fault-form.ts";
import type { FormField } from "./form.ts";
import type { ProfileField } from "./profile-form.ts";
import type { Screen } from "./screen.ts";

/** What the keys go to. */
export type Focus =
  | "groups"
  | "groups.filter"
  | "create"
  | "create.text"
  | "overview"
  | "overview.text"
  | "members"
  | "members.filter"
  | "who"
  | "who.filter"
  | "requests"
  | "requests.filter"
  | "request"
  | "jobs"
  | "profiles"
  | "profile"
  | "profile.text"
  | "mock.journal"
  | "mock.filter"
  | "mock.request"
  | "mock.clock"
  | "mock.faults"
  | "mock.saved"
  | "mock.worlds"
  | "fault"
  | "fault.text"
  | "prompt"
  | "confirm"
  | "conflict"
  | "draft"
  | "add"
  | "preview"
  | "result"
  | "message"
  | "notice"
  | "halted"
  | "palette"
  | "help";

function screenFocus(screen: Screen): Focus {
  switch (screen.kind) {
    case "groups":
      return screen.list.filtering ? "groups.filter" : "groups";
    case "create":
      return texts.has(screen.form.field) ? "create.text" : "create";
    case "requests":
      if (screen.open !== undefined) return "request";
      return screen.list.filtering ? "requests.filter" : "requests";
    case "profiles":
      return "profiles";
    case "profile":
      return profileTexts.has(screen.form.field) ? "profile.text" : "profile";
    case "jobs":
      return "jobs";
    case "mock":
      if (screen.tab !== "journal") return `mock.${screen.tab}`;
      if (screen.open !== undefined) return "mock.request";
      return screen.lists.journal.filtering ? "mock.filter" : "mock.journal";
    case "fault":
      return isFaultText(screen.form.field) ? "fault.text" : "fault";
    case "group":
      if (screen.tab === "members") return screen.members.filtering ? "members.filter" : "members";
      if (screen.tab === "who") return screen.who.filtering ? "who.filter" : "who";
      return texts.has(screen.form.field) ? "overview.text" : "overview";
  }
}

/** The fields of a form that are typed. */
const texts = new Set<FormField>(["name", "expiry", "raw"]);
const profileTexts = new Set<ProfileField>(["name", "url", "source"]);

/** What the keys go to now. Exactly one part has the focus. */
export function focusOf({ halted, help, dialog, screen }: State): Focus {
  if (halted !== undefined) return "halted";
  if (help !== undefined) return "help";
  if (dialog === undefined) return screenFocus(screen);
  if (dialog.kind === "bulk") return dialog.list === undefined ? "add" : "preview";
  return dialog.kind;
}
