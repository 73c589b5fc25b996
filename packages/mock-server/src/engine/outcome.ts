import type { Refusal } from "@mesibo-groups/core";
import { refuse, type RefusalName } from "./refusals.ts";

/** What the engine answers: a result in domain words, or why not. */
export type EngineOutcome<T> =
  | { readonly ok: true; readonly result: T }
  | { readonly ok: false; readonly refusal: Refusal };

/** A refusal as an outcome. */
export type Refused = Extract<EngineOutcome<never>, { ok: false }>;

/** Done, with a result. */
export const done = <T>(result: T): EngineOutcome<T> => ({ ok: true, result });

/** Refused, and nothing is changed. */
export const refused = (name: RefusalName, properties: readonly string[], detail?: string): Refused => ({
  ok: false,
  refusal: refuse(name, properties, detail),
});
