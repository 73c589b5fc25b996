import type { Hook } from "@hono/zod-openapi";
import type { GatewayEnv } from "./environment.ts";
import { ProblemError, type FieldError } from "./problem.ts";

/** What a schema objects to. */
export interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

const places = new Map<string, FieldError["in"]>([
  ["param", "path"],
  ["query", "query"],
  ["header", "header"],
]);

// Zod's own words for what it checks are no part of this API.
const codes = new Map([
  ["invalid_type", "invalid_type"],
  ["too_big", "out_of_range"],
  ["too_small", "out_of_range"],
]);

// RFC 6901: ~ and / are escaped inside a pointer.
const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");

/** The value at a path of what came in. Own properties only: the path is the caller's. */
function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  let value = data;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  // Too large for a number, which JSON would write as null.
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** A value beside what was expected: of a list where one was, how long it is. */
function shownBeside(expected: string, value: unknown): string {
  if (!Array.isArray(value) || !expected.startsWith("a list")) return shown(value);
  return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
}

const cut = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

/** A schema's objection as errors of fields. */
export function fieldErrors(issue: Issue, data: unknown, place: FieldError["in"]): FieldError[] {
  if (issue.keys !== undefined) {
    return issue.keys.slice(0, 20).map((key) => ({
      in: place,
      pointer: pointerOf([...issue.path, cut(key)]),
      code: "unknown_field",
      detail: `${JSON.stringify(cut(key))} is no field of this request.`,
    }));
  }
  const pointer = pointerOf(issue.path);
  const name = issue.path.length === 0 ? `The ${place}` : issue.path.map(String).join(".");
  const value = valueAt(data, issue.path);
  if (value === undefined && issue.path.length > 0) {
    return [{ in: place, pointer, code: "missing", detail: `${name} is missing: give ${issue.message}.` }];
  }
  const detail = `${name} must be ${issue.message}, not ${shownBeside(issue.message, value)}.`;
  return [{ in: place, pointer, code: codes.get(issue.code) ?? "invalid_value", detail }];
}

/** The most errors that one answer names. */
export const MAX_ERRORS = 20;

/** The problem of a request with these errors. What several checks say of one field in the same words is said once. */
export function invalid(found: readonly FieldError[]): ProblemError {
  const errors = [...new Map(found.map((error) => [error.pointer + error.detail, error])).values()];
  return new ProblemError("validation", {
    detail: errors.map(({ detail }) => detail).join(" "),
    members: { errors },
  });
}

/**
 * Turns a schema's objections into one `validation` problem. Every schema's message is what was expected:
 * "a whole number from 1 to 4294967295".
 */
export const refuseInvalid: Hook<unknown, GatewayEnv, string, unknown> = (result) => {
  if (result.success) return undefined;
  const place = places.get(result.target) ?? "body";
  const data: unknown = Reflect.get(result, "data");
  const issues: readonly Issue[] = result.error.issues;
  throw invalid(issues.slice(0, MAX_ERRORS).flatMap((issue) => fieldErrors(issue, data, place)));
};
