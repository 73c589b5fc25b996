import type { FormField, Screen, State } from "./model.ts";

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
  | "request"
  | "jobs"
  | "profiles"
  | "confirm"
  | "conflict"
  | "add"
  | "preview"
  | "missing"
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
      return screen.open === undefined ? "requests" : "request";
    case "profiles":
      return "profiles";
    case "jobs":
      return "jobs";
    case "group":
      if (screen.tab === "members") return screen.members.filtering ? "members.filter" : "members";
      if (screen.tab === "who") return screen.who.filtering ? "who.filter" : "who";
      return texts.has(screen.form.field) ? "overview.text" : "overview";
  }
}

/** The fields of a form that are typed. */
const texts = new Set<FormField>(["name", "expiry", "raw"]);

/** What the keys go to now. Exactly one part has the focus. */
export function focusOf({ halted, help, dialog, screen }: State): Focus {
  if (halted !== undefined) return "halted";
  if (help !== undefined) return "help";
  if (dialog === undefined) return screenFocus(screen);
  if (dialog.kind === "add") return dialog.step === "typing" ? "add" : "preview";
  return dialog.kind;
}
