import { formatFlags, parseFlags, type GroupFlags } from "@mesibo-groups/core";
import { fieldOf, numberIn } from "../form.ts";

/** The settings that a form shows. */
export interface ShownSettings {
  readonly name: string;
  readonly flags: GroupFlags;
  readonly expiryext: number;
  readonly active: boolean;
  readonly pinned: boolean;
}

/**
 * What a form shows at first, as hidden fields of it. Compared with the group instead, a form that has been open
 * for long would take back what others have changed meanwhile.
 */
export const hiddenFields = (shown: ShownSettings): Readonly<Record<string, string>> => ({
  "shown-name": shown.name,
  "shown-flags": formatFlags(shown.flags, "decimal"),
  "shown-expiryext": String(shown.expiryext),
  "shown-active": shown.active ? "1" : "0",
  "shown-pinned": shown.pinned ? "1" : "0",
});

/** What a form showed at first; `present` where it does not say. */
export function shownIn(form: URLSearchParams, present: ShownSettings): ShownSettings {
  const flags = parseFlags(fieldOf(form, "shown-flags"));
  const on = (name: string, otherwise: boolean): boolean =>
    form.has(name) ? fieldOf(form, name) === "1" : otherwise;
  return {
    name: form.has("shown-name") ? fieldOf(form, "shown-name") : present.name,
    flags: flags.ok ? flags.flags : present.flags,
    expiryext: numberIn(form, "shown-expiryext") ?? present.expiryext,
    active: on("shown-active", present.active),
    pinned: on("shown-pinned", present.pinned),
  };
}
