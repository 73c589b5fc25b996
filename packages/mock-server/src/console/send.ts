import type { OpName, Requests, Results } from "@mesibo-groups/core";
import { decodeAnswer } from "@mesibo-groups/core/wire";
import { handle } from "../handle.ts";
import type { Entry } from "../journal/entry.ts";
import { createView } from "../journal/view.ts";
import type { WorldEntry } from "../worlds.ts";
import { encode } from "./encode.ts";
import type { Failure } from "./failure.ts";
import type { Visit } from "./page.ts";

/** What became of a call. */
export type Sent<O extends OpName> =
  | { readonly ok: true; readonly n: number | undefined; readonly result: Results[O] | undefined }
  | { readonly ok: false; readonly failure: Failure };

const PATH = "/backend/";

/** The number of a request, unless its journal is off or the world was reset meanwhile: it has no page then. */
const linkTo = ({ journal }: WorldEntry, own: Entry): number | undefined =>
  journal.find(own.n) === own ? own.n : undefined;

function failureOf({ entry }: Visit, own: Entry): Failure {
  const { result, error = "", fault, explanation } = createView(entry.token, entry.world)(own);
  const title = result === "refused" ? `Refused with ${error}` : `Not done: ${fault ?? result}`;
  return { title, sentence: explanation.summary, n: linkTo(entry, own) };
}

/**
 * Makes a change as a caller of mesibo's API would: through the same codec, rules, faults, journal and recording,
 * and refused as mesibo would refuse it.
 */
export async function send<O extends OpName>(visit: Visit, op: O, request: Requests[O]): Promise<Sent<O>> {
  const { context, entry } = visit;
  const body = encode(op, request, entry.token);
  if (typeof body !== "string") return { ok: false, failure: body };

  const { promise, resolve } = Promise.withResolvers<{ readonly text: string; readonly own: Entry }>();
  const incoming = { method: "POST", path: PATH, query: "", contentType: "application/json", body } as const;
  handle(context.worlds, { ...incoming, generation: "v2" }, ({ text }, _, own) => {
    resolve({ text, own });
  });
  const { text, own } = await promise;
  if (own.result !== "done") return { ok: false, failure: failureOf(visit, own) };
  const decoded = decodeAnswer(op, text);
  const result = decoded.kind === "done" ? decoded.result : undefined;
  return { ok: true, n: linkTo(entry, own), result };
}
