import type { Params } from "./operation.ts";
import { byFlatName, byJsonPath, jsonObjects, type Parameter } from "./parameters.ts";

/** An HTTP request as mesibo sees it, whatever its method: everything but the path and the other headers. */
export interface RawRequest {
  /** The query without `?`. */
  readonly query: string;
  /** The `Content-Type` header, or empty. */
  readonly contentType: string;
  readonly body: string;
}

/** A request in mesibo's flat spelling, whatever dialect it came in. */
export interface CollectedRequest {
  readonly op: string;
  readonly token: string;
  /** An optional number of the caller's that the answer echoes (D2, DL). */
  readonly id: number | undefined;
  readonly params: Params;
  /** Parameters whose JSON value is an object or another kind that no parameter can be. */
  readonly malformed: readonly string[];
  /** True when the body says it is JSON and is not; query and form are read all the same. */
  readonly unreadable: boolean;
}

interface Draft {
  readonly params: Record<string, string>;
  /** Names, some perhaps twice. */
  readonly malformed: string[];
  readonly meta: { op: string; token: string; id: string };
}

const isMeta = (name: string): name is "op" | "token" | "id" =>
  name === "op" || name === "token" || name === "id";

// mesibo: empty values are sent for "not given" all the time: gid on groupadd, name and m on groupset (MAB, CONF).
function take(draft: Draft, name: string, value: string): void {
  if (value !== "") draft.params[name] = value;
}

/** Query or form. A repeated list is one list (section 10, row 24); of any other the last one counts, as in PHP. */
function readForm(draft: Draft, form: string): void {
  let lists: Map<string, string[]> | undefined;
  for (const [key, value] of new URLSearchParams(form)) {
    const parameter = byFlatName.get(key);
    if (isMeta(key)) draft.meta[key] = value;
    else if (parameter?.type === "list") {
      lists ??= new Map();
      const items = lists.get(parameter.name) ?? [];
      items.push(value);
      lists.set(parameter.name, items);
    } else if (parameter !== undefined) take(draft, parameter.name, value);
  }
  for (const [name, items] of lists ?? []) take(draft, name, items.join(","));
}

function leafText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  // JSON may say 1e400, which is no number that anybody means.
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === "boolean" ? String(Number(value)) : undefined;
}

/** mesibo's lists are text with commas; that an array of texts or numbers is taken too is assumed (row 24). */
function listText(value: unknown): string | undefined {
  if (!Array.isArray(value)) return leafText(value);
  return value.every((item) => typeof item === "string" || typeof item === "number")
    ? value.join(",")
    : undefined;
}

function takeJson(draft: Draft, { name, type }: Parameter, value: unknown): void {
  const text = type === "list" ? listText(value) : leafText(value);
  if (text === undefined) draft.malformed.push(name);
  else take(draft, name, text);
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

interface JsonNode {
  readonly object: Record<string, unknown>;
  /** The path of the object with a dot after it; empty at the top. */
  readonly prefix: string;
}

// Nothing but known objects is entered, so the depth of a body cannot exhaust the stack.
function readObject(draft: Draft, { object, prefix }: JsonNode): void {
  const names = prefix === "" ? byFlatName : byJsonPath;
  const nested: JsonNode[] = [];
  for (const [key, value] of Object.entries(object)) {
    if (value === null) continue;
    const path = `${prefix}${key}`;
    const parameter = names.get(path);
    if (isPlainObject(value) && jsonObjects.has(path)) nested.push({ object: value, prefix: `${path}.` });
    else if (parameter !== undefined) takeJson(draft, parameter, value);
    else if (prefix === "" && isMeta(key)) draft.meta[key] = leafText(value) ?? "";
  }
  // Nested spellings win over flat ones, whatever their order (section 10, row 6).
  for (const node of nested) readObject(draft, node);
}

/** True when there is no JSON object in a body that should be one. */
function readJson(draft: Draft, body: string): boolean {
  try {
    const parsed: unknown = JSON.parse(body);
    if (!isPlainObject(parsed)) return true;
    readObject(draft, { object: parsed, prefix: "" });
    return false;
  } catch {
    return true;
  }
}

// Callers send JSON with a form content type and without any, so the body's first character decides too.
const looksLikeJson = ({ contentType, body }: RawRequest): boolean =>
  contentType.toLowerCase().includes("json") || /^\s*[[{]/.test(body);

/**
 * Reads an HTTP request of any method and encoding into mesibo's flat spelling: query, then form, then JSON,
 * the later one winning (section 10, row 6). Unknown parameters are ignored, as mesibo ignores `sig=none`.
 *
 * @example
 * ```ts
 * import { collect } from "@mesibo-groups/core/wire";
 *
 * const { op, params } = collect({ query: "op=groupdel&gid=5&sig=none", contentType: "", body: "" });
 * console.assert(op === "groupdel" && params["gid"] === "5");
 * ```
 */
export function collect(request: RawRequest): CollectedRequest {
  const draft: Draft = {
    params: {},
    malformed: [],
    meta: { op: "", token: "", id: "" },
  };
  if (request.query !== "") readForm(draft, request.query);
  let unreadable = false;
  if (request.body !== "") {
    if (looksLikeJson(request)) unreadable = readJson(draft, request.body);
    else readForm(draft, request.body);
  }
  const { op, token, id } = draft.meta;
  return {
    op,
    token,
    id: /^\d{1,15}$/.test(id) ? Number(id) : undefined,
    params: draft.params,
    malformed: draft.malformed.length < 2 ? draft.malformed : [...new Set(draft.malformed)],
    unreadable,
  };
}
