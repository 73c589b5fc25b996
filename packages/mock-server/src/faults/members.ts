import { nearest } from "@mesibo-groups/core";
import * as z from "zod/mini";

// Members of a plan whose refusals name the value, the limits and the next step.

interface Wrong {
  readonly input?: unknown;
}

/** A value as a refusal shows it: a text may be a secret, so only numbers and switches are repeated. */
function shown(input: unknown): string {
  if (typeof input === "number" || typeof input === "boolean" || input === null) return String(input);
  if (typeof input === "string") return "a text";
  return Array.isArray(input) ? "a list" : "an object";
}

const mustBe =
  (what: string) =>
  ({ input }: Wrong): string =>
    input === undefined ? `is missing, and must be ${what}` : `must be ${what}, not ${shown(input)}`;

/** A number, limits included. */
export function between(low: number, high: number): z.ZodMiniNumber {
  const error = mustBe(`from ${low} to ${high}`);
  return z.number({ error }).check(z.minimum(low, { error }), z.maximum(high, { error }));
}

/** A whole number, limits included. */
export function wholeBetween(low: number, high: number): z.ZodMiniNumberFormat {
  const error = mustBe(`a whole number from ${low} to ${high}`);
  return z.int({ error }).check(z.minimum(low, { error }), z.maximum(high, { error }));
}

function wordsFor(unknown: string, known: readonly string[]): string {
  const meant = nearest(unknown, known);
  const hint = meant === undefined ? `it takes ${known.join(", ")}` : `did you mean "${meant}"?`;
  // Never shortened: a token is masked where it is whole.
  return `has no member ${JSON.stringify(unknown)}; ${hint}`;
}

/** An object without other members than these. */
export function only<T extends z.core.$ZodLooseShape>(shape: T) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => wordsFor(key, known)).join("; ")
        : undefined,
  });
}
