import { nearest } from "@mesibo-groups/core";
import { getNodeValue, parseTree, printParseErrorCode, type ParseError } from "jsonc-parser";
import * as z from "zod/mini";
import { ProfileError } from "./errors.ts";
import { configSchema, profileKeys, projectSchema, type Config, type Project } from "./schema.ts";

/** A file's content and what is odd about it, in sentences. */
export interface Parsed<T> {
  readonly content: T;
  readonly warnings: readonly string[];
}

/** A file's text with its name. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

function place(text: string, offset: number): string {
  const lines = text.slice(0, offset).split("\n");
  return `line ${lines.length}, column ${(lines.at(-1) ?? "").length + 1}`;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What somebody wrote where an object belongs. */
function nameOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return "text";
  return typeof value === "number" ? "a number" : JSON.stringify(value);
}

function readObject({ path, text }: Source): Readonly<Record<string, unknown>> {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first !== undefined || tree === undefined) {
    const where = place(text, first?.offset ?? 0);
    const fault = first === undefined ? "is empty" : `is not JSON (${printParseErrorCode(first.error)})`;
    throw new ProfileError({
      source: path,
      fault: `${fault} at ${where}.`,
      next: "Correct it, or move it away.",
    });
  }
  const value: unknown = getNodeValue(tree);
  if (isObject(value)) return value;
  throw new ProfileError({
    source: path,
    fault: `the file holds ${nameOf(value)}; it must hold an object, at least { "version": 1 }.`,
    next: "Correct it, or move it away.",
  });
}

function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue | undefined {
  const [first] = issues;
  return first?.code === "invalid_key"
    ? { ...first, message: first.issues[0]?.message ?? first.message }
    : first;
}

function check<T extends z.core.$ZodType>(
  schema: T,
  { path, value }: { readonly path: string; readonly value: unknown },
): z.output<T> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const issue = deepest(parsed.error.issues);
  const field =
    issue === undefined || issue.path.length === 0 ? "the file" : issue.path.map(String).join(".");
  const fault = issue?.message === "Invalid input" ? "is not understood." : (issue?.message ?? "is wrong.");
  throw new ProfileError({ source: path, fault: `${field} ${fault}`, next: "Edit the file and try again." });
}

const secretKeys = new Set(["token", "app_token", "api_key", "apikey", "key", "secret", "password"]);

function keyWarnings(
  value: unknown,
  { where, known }: { readonly where: string; readonly known: readonly string[] },
): string[] {
  if (!isObject(value)) return [];
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => {
      if (secretKeys.has(key.toLowerCase())) {
        return `${where}${key} is not read: a secret has no place in this file. Use token_command or token_file.`;
      }
      const guess = nearest(key, known);
      return `${where}${key} is not a known key.${guess === undefined ? "" : ` Did you mean ${guess}?`}`;
    });
}

function profileWarnings(
  { profiles = {} }: Config,
  { profiles: raw }: Readonly<Record<string, unknown>>,
): string[] {
  const given = isObject(raw) ? raw : {};
  return Object.entries(profiles).flatMap(([name, { kind }]) =>
    keyWarnings(given[name], { where: `profiles.${name}.`, known: profileKeys(kind) }),
  );
}

/** Reads the text of the user's file. Throws `ProfileError` naming the field; unknown keys are warnings. */
export function parseConfig({ path, text }: Source): Parsed<Config> {
  const value = readObject({ path, text });
  const content = check(configSchema, { path, value });
  const known = Object.keys(configSchema.shape);
  const warnings = [...keyWarnings(value, { where: "", known }), ...profileWarnings(content, value)];
  return { content, warnings: warnings.map((warning) => `${path}: ${warning}`) };
}

const forbidden = ["token_command", "token_file", "url", "kind", "profiles"];

/** Reads the text of a project's file. Throws `ProfileError` where it says where a token is from or goes to. */
export function parseProject({ path, text }: Source): Parsed<Project> {
  const value = readObject({ path, text });
  const found = forbidden.find((key) => Object.hasOwn(value, key));
  if (found !== undefined) {
    throw new ProfileError({
      source: path,
      fault: `${found} is refused in a project's file: a cloned repository could run commands or catch tokens with it.`,
      next: 'Put it into a profile of your own config.json and name that with "profile".',
    });
  }
  const content = check(projectSchema, { path, value });
  const warnings = keyWarnings(value, { where: "", known: Object.keys(projectSchema.shape) });
  return { content, warnings: warnings.map((warning) => `${path}: ${warning}`) };
}
