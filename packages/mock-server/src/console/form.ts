import type { Address } from "@mesibo-groups/core";

/** A field of a form, as text; browsers end lines with CR LF, and nobody has typed the CR. */
export const fieldOf = (form: URLSearchParams, name: string): string =>
  (form.get(name) ?? "").replaceAll("\r\n", "\n");

/** A number that was typed; undefined for none, and NaN for what is no number, which the codec then refuses. */
export function numberIn(form: URLSearchParams, name: string): number | undefined {
  const typed = fieldOf(form, name).trim();
  return typed === "" ? undefined : Number(typed);
}

/** Addresses, one per line or with commas. */
export const addressesIn = (form: URLSearchParams, name: string): readonly Address[] =>
  fieldOf(form, name)
    .split(/[\n,]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
