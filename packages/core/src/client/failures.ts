import type { Refusal } from "../domain/refusal.ts";
import type { OpName } from "../domain/requests.ts";
import { NotSentError, type HoldReason } from "./errors/not-sent-error.ts";
import { RefusedError } from "./errors/refused-error.ts";
import { UnknownOutcomeError } from "./errors/unknown-outcome-error.ts";
import { now, type Limits } from "./time.ts";
import type { Failed } from "./transport.ts";
import { oneLine } from "./words.ts";

// Errors from what was seen, in one place, so that the same sight is always told in the same words.

const MAX_WORDS = 300;
const MAX_PROPERTIES = 20;

function refusalKind({ error, code }: Refusal): "auth" | "breach" | "refused" {
  if (error === "TOKENBREACH") return "breach";
  // mesibo: AUTHFAIL with 401 (TH PR #1162), INVALIDTOKEN before 2023 (TH 043cb3d).
  return error === "AUTHFAIL" || error === "INVALIDTOKEN" || code === 401 ? "auth" : "refused";
}

/** An operation and the requests that were started for it. */
export interface Effort {
  readonly op: OpName;
  readonly attempts: number;
}

/** The error of a refusal, with mesibo's words made fit to be shown. */
export function refusedError(effort: Effort, raw: Refusal, redact: (text: string) => string): RefusedError {
  const words = (text: string): string => oneLine(redact(text), MAX_WORDS);
  const refusal: Refusal = {
    ...raw,
    error: words(raw.error),
    cause: raw.cause === undefined ? undefined : words(raw.cause),
    properties: raw.properties?.slice(0, MAX_PROPERTIES).map(words),
  };
  return new RefusedError({ ...effort, kind: refusalKind(raw), sent: "yes", outcome: "refused" }, refusal);
}

/** The error of a request that brought no answer. */
export function failedError(
  effort: Effort,
  { sent, reason, protocol }: Failed,
): NotSentError | UnknownOutcomeError {
  if (sent === "no") {
    const message = `${effort.op}: not sent (${reason}); nothing happened.`;
    return new NotSentError({ ...effort, kind: "not_sent" }, reason, { message });
  }
  const kind = reason === "aborted" ? "cancelled" : protocol ? "protocol" : "unknown";
  return new UnknownOutcomeError({ ...effort, kind, sent }, reason);
}

/** The error of a call whose time ran out before anything was sent. */
export function outOfTime(effort: Effort): NotSentError {
  const message = `${effort.op}: not sent, its time ran out while it waited.`;
  return new NotSentError({ ...effort, kind: "not_sent" }, "deadline", { message });
}

const holdWords = {
  queue_full: "too many calls wait already",
  queue_wait: "no place among the requests in flight became free in time",
  breaker_open: "nothing comes through at the moment",
  quiet: "a lost change of the same group may still be on its way",
} as const satisfies Record<HoldReason, string>;

/** The error of a call that the client itself held back. */
export function heldBack(
  effort: Effort,
  { reason, retryAfterMs }: { readonly reason: HoldReason; readonly retryAfterMs?: number },
): NotSentError {
  const later = retryAfterMs === undefined ? "" : ` Try again in ${Math.ceil(retryAfterMs / 1000)} s.`;
  const message = `${effort.op}: not sent, because ${holdWords[reason]}.${later}`;
  return new NotSentError({ ...effort, kind: "not_sent" }, reason, { message, retryAfterMs });
}

/** Why nothing may be sent now, or undefined. */
export function obstacle(
  effort: Effort,
  { signal, deadline }: Limits,
  latch: RefusedError | undefined,
): NotSentError | undefined {
  const { op } = effort;
  if (signal?.aborted === true) {
    const message = `${op}: cancelled before it was sent.`;
    return new NotSentError({ ...effort, kind: "cancelled" }, "aborted", { message });
  }
  if (latch !== undefined) {
    const message = `${op}: not sent, because mesibo answered ${latch.refusal.error} earlier. Check the app token, then call reset().`;
    return new NotSentError({ ...effort, kind: "latched" }, "latched", { message });
  }
  return now() < deadline ? undefined : outOfTime(effort);
}
