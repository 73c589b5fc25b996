import type { OpName, Requests } from "@mesibo-groups/core";
import { encodeRequest } from "@mesibo-groups/core/wire";
import type { Failure } from "./failure.ts";

/** Why a request does not fit its codec: the first parameter, and what was expected of it. */
function unfit(error: unknown): Failure {
  const issue: unknown =
    error instanceof Error && "issues" in error && Array.isArray(error.issues) ? error.issues[0] : undefined;
  if (typeof issue !== "object" || issue === null || !("path" in issue) || !("message" in issue)) throw error;
  const name = Array.isArray(issue.path) ? issue.path.join(".") : "";
  return { title: "Not sent", sentence: `${name} must be ${String(issue.message)}.`, n: undefined };
}

/** A request as the body that a caller of mesibo's API would send, or why it cannot be sent. */
export function encode<O extends OpName>(op: O, request: Requests[O], token: string): string | Failure {
  try {
    return encodeRequest({ op, request, dialect: "json", token }).body;
  } catch (error) {
    return unfit(error);
  }
}
