import * as z from "zod/mini";
import type { OpName, Requests } from "../domain/requests.ts";
import type { CollectedRequest } from "./collect.ts";
import { operations } from "./operations/index.ts";
import { leaveAlone } from "./parameters.ts";
import type { Params } from "./operation.ts";

/** A parameter that keeps a request from being understood. */
export interface ParameterFault {
  readonly name: string;
  readonly reason: "missing" | "malformed";
  /** What was expected, for a malformed one: "a whole number from 1 to 4294967295". */
  readonly expected?: string | undefined;
}

/** A request in domain words, or the parameters at fault. */
export type DecodedRequest<O extends OpName> =
  | { readonly ok: true; readonly request: Requests[O] }
  | { readonly ok: false; readonly faults: readonly ParameterFault[] };

function withoutLeaveAlone(op: OpName, params: Params): Params {
  const untouched = leaveAlone[op];
  if (untouched === undefined) return params;
  // Looked for before anything is copied: nearly every request leaves nothing alone.
  const names: string[] = [];
  for (const name in untouched) if (params[name] === untouched[name]) names.push(name);
  if (names.length === 0) return params;
  return Object.fromEntries(Object.entries(params).filter(([name]) => !names.includes(name)));
}

/**
 * Decodes a collected request into domain words.
 *
 * @example
 * ```ts
 * import { collect, decodeRequest } from "@mesibo-groups/core/wire";
 *
 * const raw = { query: "op=groupdel&token=t&gid=102529", contentType: "", body: "" };
 * const decoded = decodeRequest("groupdel", collect(raw));
 * console.assert(decoded.ok && decoded.request.gid === 102529);
 * ```
 */
export function decodeRequest<O extends OpName>(op: O, collected: CollectedRequest): DecodedRequest<O> {
  const params = withoutLeaveAlone(op, collected.params);
  const decoded = z.safeDecode(operations[op].request, params);
  if (decoded.success && collected.malformed.length === 0) return { ok: true, request: decoded.data };

  const issues = decoded.success ? [] : decoded.error.issues;
  const faults = new Map<string, ParameterFault>();
  for (const name of collected.malformed)
    faults.set(name, { name, reason: "malformed", expected: "a single value" });
  for (const issue of issues) {
    const name = String(issue.path[0]);
    if (faults.has(name)) continue;
    faults.set(
      name,
      params[name] === undefined
        ? { name, reason: "missing" }
        : { name, reason: "malformed", expected: issue.message },
    );
  }
  return { ok: false, faults: [...faults.values()] };
}
