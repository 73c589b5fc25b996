import type { OpName } from "../../domain/requests.ts";
import type { RestProblem } from "../../wire/rest/answer.ts";
import type { MesiboError } from "../errors/mesibo-error.ts";
import { NotSentError } from "../errors/not-sent-error.ts";
import { RefusedError } from "../errors/refused-error.ts";
import { UnknownOutcomeError } from "../errors/unknown-outcome-error.ts";
import { ValidationError } from "../errors/validation-error.ts";
import { refusedError, type Effort } from "../failures.ts";
import { oneLine } from "../words.ts";

/**
 * What a problem means to its caller.
 *
 * - `error`: this is how it ended.
 * - `stop`: the key is refused, and will be refused again.
 * - `again`: the same request with the same key may be sent again.
 * - `wait`: the first request with this key is not over.
 */
export type Meaning =
  | { readonly kind: "error"; readonly error: MesiboError }
  | { readonly kind: "stop"; readonly error: RefusedError }
  | { readonly kind: "again"; readonly sent: "no" | "yes" }
  | { readonly kind: "wait" };

const MAX_WORDS = 300;

function validation(op: OpName, { errors: [first] = [], detail }: RestProblem): ValidationError {
  const { pointer, detail: words } = first ?? { pointer: "/request", detail };
  const field = pointer.slice(1).replaceAll("/", ".");
  const expected = words.replace(/^\S+ must be /, "").replace(/\.$/, "");
  return new ValidationError(op, oneLine(field, 80), oneLine(expected, MAX_WORDS));
}

function refusedByGateway(effort: Effort, { name, status, detail, gid }: RestProblem): RefusedError {
  const kind = status === 401 ? "auth" : "refused";
  // Never about one address alone: a list stops there.
  const properties = [gid === undefined ? "request" : "gid"];
  const refusal = { error: name, code: status, cause: oneLine(detail, MAX_WORDS), properties };
  return new RefusedError({ ...effort, kind, sent: "yes", outcome: "refused" }, refusal, "the gateway");
}

function latched(effort: Effort): NotSentError {
  const message = `${effort.op}: not sent, because the gateway has stopped calling mesibo. Its operator puts the app token right.`;
  return new NotSentError({ ...effort, kind: "latched" }, "latched", { message });
}

const error = (found: MesiboError): Meaning => ({ kind: "error", error: found });

// Whoever reads cannot leave anything half done, but nobody knows what is there.
const unknownNames = new Set(["upstream-outcome-unknown", "upstream-protocol", "internal"]);

/** What a problem means. `redact` masks the key, should anybody have written it there. */
export function readMeaning(effort: Effort, problem: RestProblem, redact: (text: string) => string): Meaning {
  const { name, status, sent, retryable, upstream, operation } = problem;
  if (name === "request-in-progress") return { kind: "wait" };
  if (unknownNames.has(name)) {
    const kind = name === "upstream-outcome-unknown" ? "unknown" : "protocol";
    const told = sent === "no" ? "maybe" : sent;
    return error(new UnknownOutcomeError({ ...effort, kind, sent: told }, name, operation));
  }
  if (upstream !== undefined && (name !== "upstream-latched" || sent === "yes")) {
    return error(refusedError(effort, upstream, redact));
  }
  if (name === "upstream-latched") return error(latched(effort));
  if ([400, 406, 413, 415].includes(status)) return error(validation(effort.op, problem));
  if (sent === "yes") return { kind: "again", sent };
  if (retryable) return { kind: "again", sent: "no" };
  const refused = refusedByGateway(effort, problem);
  return { kind: status === 401 ? "stop" : "error", error: refused };
}
