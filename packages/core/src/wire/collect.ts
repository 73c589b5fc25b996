import type { Params } from "./operation.ts";
import { byFlatName, byJsonPath } from "./parameters.ts";

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
  readonly malformed: Set<string>;
  readonly meta: { op: string; token: string; id: string };
}

const isMeta = (name: string): name is "op" | "token" | "id" =>
  name === "op" || name === "token" || name === "id";

// mesibo: empty values are sent for "not given" all the time: gid on groupadd, name and m on groupset (MAB, CONF).
function take(draft: Draft, name: string, value: string): void {
  const canonical = byFlatName.get(name);
  if (canonical !== undefined && value !== "") draft.params[canonical] = value;
}

/** Query or form. A repeated `m` is one list (section 10, row 24); of any other the last one counts, as in PHP. */
function readForm(draft: Draft, form: string): void {
  if (form === "") return;
  const lists: string[] = [];
  for (const [name, value] of new URLSearchParams(form)) {
    if (isMeta(name)) draft.meta[name] = value;
    else if (name === "m" || name === "m[]") lists.push(value);
    else take(draft, name, value);
  }
  if (lists.length > 0) take(draft, "m", lists.join(","));
}

function leafText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "1" : "0";
  if (!Array.isArray(value)) return undefined;
  return value.every((item) => typeof item === "string" || typeof item === "number")
    ? value.join(",")
    : undefined;
}

/** The deepest parameter, `group.members.permissions.send`, has three objects above it. */
const MAX_DEPTH = 3;

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readObject(draft: Draft, node: Record<string, unknown>, prefix: string, depth: number): void {
  for (const [key, value] of Object.entries(node)) {
    if (value === null) continue;
    const path = `${prefix}${key}`;
    const name = depth === 0 ? byFlatName.get(path) : byJsonPath.get(path);
    if (name === undefined) {
      if (isPlainObject(value) && depth < MAX_DEPTH) readObject(draft, value, `${path}.`, depth + 1);
      else if (depth === 0 && isMeta(key)) draft.meta[key] = leafText(value) ?? "";
      continue;
    }
    const text = leafText(value);
    if (text === undefined) draft.malformed.add(name);
    else if (text !== "") draft.params[name] = text;
  }
}

/** True when there is no JSON object in a body that should be one. */
function readJson(draft: Draft, body: string): boolean {
  try {
    const parsed: unknown = JSON.parse(body);
    if (!isPlainObject(parsed)) return true;
    readObject(draft, parsed, "", 0);
    return false;
  } catch {
    return true;
  }
}

// Callers send JSON with a form content type and without any, so the body's first character decides too.
const looksLikeJson = ({ contentType, body }: RawRequest): boolean =>
  contentType.includes("json") || /^\s*[[{]/.test(body);

/**
 * Reads an HTTP request of any method and encoding into mesibo's flat spelling: query, then form, then JSON,
 * the later one winning (section 10, row 6). Unknown parameters are ignored, as mesibo ignores `sig=none`.
 */
export function collect(request: RawRequest): CollectedRequest {
  const draft: Draft = {
    params: {},
    malformed: new Set(),
    meta: { op: "", token: "", id: "" },
  };
  readForm(draft, request.query);
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
    malformed: [...draft.malformed],
    unreadable,
  };
}
