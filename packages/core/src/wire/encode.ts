import * as z from "zod/mini";
import type { OpName, Requests } from "../domain/requests.ts";
import type { Params } from "./operation.ts";
import { operations } from "./operations/index.ts";
import { families, leaveAlone, parameters } from "./parameters.ts";

/** How a request is written: flat parameters in a form, or nested JSON. */
export type Dialect = "form" | "json";

/** A body to POST to mesibo. */
export interface EncodedRequest {
  readonly contentType: "application/x-www-form-urlencoded" | "application/json";
  readonly body: string;
}

/** What {@link encodeRequest} writes. */
export interface RequestToEncode<O extends OpName> {
  readonly op: O;
  readonly request: Requests[O];
  readonly dialect: Dialect;
  readonly token: string;
}

function encodeForm(op: OpName, params: Params, token: string): EncodedRequest {
  const form = new URLSearchParams({ op });
  // What a change leaves out must stay, and an omitted flag might as well fall back to its default 0: mesibo's
  // own console therefore sends -1 and empty text. For JSON no such values are documented.
  const untouched = op === "groupadd" ? {} : leaveAlone[op];
  for (const [name, value] of Object.entries({ ...untouched, ...params })) {
    if (value !== undefined) form.set(name, value);
  }
  form.set("token", token);
  return { contentType: "application/x-www-form-urlencoded", body: form.toString() };
}

const jsonValue = {
  text: (value: string) => value,
  list: (value: string) => value,
  number: Number,
  boolean: (value: string) => value === "1",
};

interface Nested {
  [key: string]: string | number | boolean | Nested;
}

/** Puts a value at a dotted path, making the objects above it. */
function place(node: Nested, path: string, value: string | number | boolean): void {
  const dot = path.indexOf(".");
  if (dot === -1) {
    node[path] = value;
    return;
  }
  const key = path.slice(0, dot);
  const known = node[key];
  const child: Nested = typeof known === "object" ? known : {};
  node[key] = child;
  place(child, path.slice(dot + 1), value);
}

function encodeJson(op: OpName, params: Params, token: string): EncodedRequest {
  const root: Nested = { op };
  for (const { name, type, json } of parameters) {
    const value = params[name];
    const path = json[families[op]];
    if (value !== undefined && path !== undefined) place(root, path, jsonValue[type](value));
  }
  root["token"] = token;
  return { contentType: "application/json", body: JSON.stringify(root) };
}

/** The first parameter of a request that does not fit its codec, or undefined where all fit. */
export function tryEncode<O extends OpName>(
  op: O,
  request: Requests[O],
): { readonly name: string; readonly expected: string } | undefined {
  const encoded = z.safeEncode(operations[op].request, request);
  const issue = encoded.error?.issues[0];
  return issue === undefined ? undefined : { name: String(issue.path[0]), expected: issue.message };
}

/**
 * Encodes a request for mesibo in the canonical spelling of the dialect. The token is part of the body, never
 * of a URL.
 *
 * Throws zod's error when the request does not fit its codec; the client validates first.
 *
 * @example
 * ```ts
 * import { encodeRequest } from "@mesibo-groups/core/wire";
 *
 * const { body } = encodeRequest({ op: "groupdel", request: { gid: 102529 }, dialect: "form", token: "t" });
 * console.assert(body === "op=groupdel&gid=102529&token=t");
 * ```
 */
export function encodeRequest<O extends OpName>({
  op,
  request,
  dialect,
  token,
}: RequestToEncode<O>): EncodedRequest {
  const params = z.encode(operations[op].request, request);
  return dialect === "form" ? encodeForm(op, params, token) : encodeJson(op, params, token);
}
