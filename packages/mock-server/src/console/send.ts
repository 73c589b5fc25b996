import type { OpName, Requests, Results } from "@mesibo-groups/core";
import { decodeAnswer, encodeRequest } from "@mesibo-groups/core/wire";
import { handle } from "../handle.ts";
import { createView } from "../journal/view.ts";
import type { Reply } from "../reply.ts";
import type { Failure } from "./failure.ts";
import type { Visit } from "./page.ts";

/** What became of a call. */
export type Sent<O extends OpName> =
  | { readonly ok: true; readonly n: number | undefined; readonly result: Results[O] | undefined }
  | { readonly ok: false; readonly failure: Failure };

const PATH = "/backend/";

/** Why a request does not fit its codec: the first parameter, and what was expected of it. */
function unfit(error: unknown): Failure {
  const issue: unknown =
    error instanceof Error && "issues" in error && Array.isArray(error.issues) ? error.issues[0] : undefined;
  if (typeof issue !== "object" || issue === null || !("path" in issue) || !("message" in issue)) throw error;
  const name = Array.isArray(issue.path) ? issue.path.join(".") : "";
  return { title: "Not sent", sentence: `${name} must be ${String(issue.message)}.`, n: undefined };
}

function encode<O extends OpName>(op: O, request: Requests[O], token: string): string | Failure {
  try {
    return encodeRequest({ op, request, dialect: "json", token }).body;
  } catch (error) {
    return unfit(error);
  }
}

function failureOf({ entry }: Visit, n: number | undefined, text: string): Failure {
  const found = n === undefined ? undefined : entry.journal.find(n);
  if (found === undefined) return { title: "Not done", sentence: text.slice(0, 500), n };
  const { result, error = "", fault, explanation } = createView(entry.token, entry.world)(found);
  const title = result === "refused" ? `Refused with ${error}` : `Not done: ${fault ?? result}`;
  return { title, sentence: explanation.summary, n };
}

/**
 * Makes a change as a caller of mesibo's API would: through the same codec, rules, faults, journal and recording,
 * and refused as mesibo would refuse it.
 */
export async function send<O extends OpName>(visit: Visit, op: O, request: Requests[O]): Promise<Sent<O>> {
  const { context, entry } = visit;
  const body = encode(op, request, entry.token);
  if (typeof body !== "string") return { ok: false, failure: body };

  const before = entry.journal.count();
  const { promise, resolve } = Promise.withResolvers<Reply>();
  const incoming = { method: "POST", path: PATH, query: "", contentType: "application/json", body } as const;
  handle(context.worlds, { ...incoming, generation: "v2" }, (reply) => {
    resolve(reply);
  });
  const { text } = await promise;
  // A fault may have kept it waiting while others called.
  const own = entry.journal.entries().findLast((each) => each.n > before && body.startsWith(each.body));
  const decoded = decodeAnswer(op, text);
  const done = own === undefined ? decoded.kind === "done" : own.result === "done";
  if (!done) return { ok: false, failure: failureOf(visit, own?.n, text) };
  return { ok: true, n: own?.n, result: decoded.kind === "done" ? decoded.result : undefined };
}
