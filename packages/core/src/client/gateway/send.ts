import type { OpName } from "../../domain/requests.ts";
import { readProblem, type RestProblem } from "../../wire/rest/answer.ts";
import type { RestRequest } from "../../wire/rest/request.ts";
import type { Outcome } from "../errors/mesibo-error.ts";
import type { CallRecord } from "../options.ts";
import { tell } from "../tell.ts";
import { now } from "../time.ts";
import { exchange, type Answer, type Failed } from "../transport.ts";
import type { GatewaySettings } from "./options.ts";

/** What one request to a gateway came to. */
export type Sight =
  | { readonly kind: "done"; readonly text: string }
  | { readonly kind: "problem"; readonly problem: RestProblem }
  | Failed;

/** A request to a gateway, as it leaves. */
export interface Sending {
  readonly op: OpName;
  readonly request: RestRequest;
  readonly settings: GatewaySettings;
  readonly key: string;
  readonly idempotencyKey: string | undefined;
  readonly redact: (text: string) => string;
  readonly attempt: number;
  /** How long it waited for a place. */
  readonly waitedMs: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

function readSight({ status, text }: Answer): Sight {
  if (status >= 200 && status < 300) return { kind: "done", text };
  const problem = readProblem(text);
  // Something in between answered, such as a proxy whose gateway is down.
  if (problem === undefined)
    return { kind: "failed", sent: "yes", reason: `status ${status}`, protocol: true };
  return { kind: "problem", problem };
}

function outcomeOf(sight: Sight): Outcome {
  if (sight.kind === "done") return "done";
  if (sight.kind === "failed") return sight.sent === "no" ? "not_sent" : "unknown";
  const { status, sent, may_have_happened: perhaps } = sight.problem;
  if (perhaps === true || status >= 500) return sent === "no" ? "not_sent" : "unknown";
  return status === 409 || status === 429 ? "not_sent" : "refused";
}

const MAX_SHOWN = 65_536;

/** Sends a request once and reads the answer. Never throws. */
export async function sendRest(sending: Sending): Promise<Sight> {
  const { op, request, settings, key, idempotencyKey, redact, attempt, waitedMs, timeoutMs, signal } =
    sending;
  const { fetch, onCall } = settings;
  const url = `${settings.url}${request.path}`;
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const contentType = body === undefined ? undefined : "application/json";
  const headers = {
    authorization: `Bearer ${key}`,
    ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
  };
  const startedAt = Date.now();
  const start = now();
  let answered: Answer | undefined;
  const read = (answer: Answer): Sight => {
    answered = answer;
    return readSight(answer);
  };
  const { method } = request;
  const sight = await exchange<Sight>({
    fetch,
    url,
    method,
    headers,
    contentType,
    body,
    timeoutMs,
    signal,
    read,
  });
  if (onCall !== undefined) {
    const record: CallRecord = {
      op,
      attempt,
      url,
      method,
      contentType: contentType ?? "",
      body: body ?? "",
      startedAt,
      durationMs: Math.round(now() - start),
      waitedMs: Math.round(waitedMs),
      outcome: outcomeOf(sight),
      status: answered?.status,
      answer: answered === undefined ? undefined : redact(answered.text).slice(0, MAX_SHOWN),
    };
    tell(onCall, record);
  }
  return sight;
}
