import type { OpName, Requests } from "../domain/requests.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { Results } from "../domain/results.ts";
import { decodeAnswer } from "../wire/answer.ts";
import { encodeRequest } from "../wire/encode.ts";
import { NotSentError, RefusedError, UnknownOutcomeError, type MesiboError, type Outcome } from "./errors.ts";
import { readOptions, type CallOptions, type CallRecord, type ClientOptions } from "./options.ts";
import { createKeyedQueue } from "./queue.ts";
import { createRedactor, TOKEN_PLACEHOLDER } from "./redact.ts";
import { backoffMs, pause, repetition } from "./retry.ts";
import { exchange, type Exchange } from "./transport.ts";
import { validateRequest } from "./validate.ts";

/** Makes one typed call of mesibo's API. */
export type Call = <O extends OpName>(
  op: O,
  request: Requests[O],
  options?: CallOptions,
) => Promise<Results[O]>;

/** The engine room of a client. */
export interface Caller {
  readonly call: Call;
  /** The refusal that stopped this client, or undefined. */
  readonly latched: () => RefusedError | undefined;
  readonly reset: () => void;
}

type Attempt<O extends OpName> =
  | { readonly kind: "done"; readonly result: Results[O] }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | {
      readonly kind: "failed";
      readonly sent: "no" | "maybe" | "yes";
      readonly reason: string;
      readonly protocol: boolean;
    };

const outcomes = { no: "not_sent", maybe: "unknown", yes: "unknown" } as const;

function refusalKind({ error, code }: Refusal): "auth" | "breach" | "refused" {
  if (error === "TOKENBREACH") return "breach";
  // mesibo: AUTHFAIL with 401 (TH PR #1162), INVALIDTOKEN before 2023 (TH 043cb3d).
  return error === "AUTHFAIL" || error === "INVALIDTOKEN" || code === 401 ? "auth" : "refused";
}

function readExchange<O extends OpName>(op: O, ended: Exchange): Attempt<O> {
  if (ended.kind === "failed") return { ...ended, protocol: ended.sent === "yes" };
  const answer = decodeAnswer(op, ended.text);
  if (answer.kind !== "unreadable") return answer;
  const shown =
    answer.reason === "not_json" && /^\s*</.test(ended.text) ? "html" : answer.reason.replace("_", " ");
  const reason = ended.status === 200 ? shown : `status ${ended.status}, ${shown}`;
  return { kind: "failed", sent: "yes", reason, protocol: true };
}

const queueKey = <O extends OpName>(op: O, request: Requests[O]): number | undefined =>
  repetition[op] !== "read" && op !== "message" && "gid" in request ? request.gid : undefined;

function failure(
  op: OpName,
  last: Extract<Attempt<OpName>, { kind: "failed" }>,
  attempts: number,
): MesiboError {
  const { sent, reason, protocol } = last;
  const cancelled = reason === "aborted";
  if (sent === "no") {
    return new NotSentError(
      { op, kind: cancelled ? "cancelled" : "not_sent", attempts },
      reason,
      `${op}: not sent (${reason}); nothing happened.`,
    );
  }
  return new UnknownOutcomeError(
    { op, kind: cancelled ? "cancelled" : protocol ? "protocol" : "unknown", sent, attempts },
    reason,
  );
}

/** Makes the function behind every method of a client. The token stays in this closure. */
export function createCaller(options: ClientOptions): Caller {
  const settings = readOptions(options);
  const { token } = options;
  const redact = createRedactor(token);
  const inQueue = createKeyedQueue();
  let latch: RefusedError | undefined;

  function record<O extends OpName>(
    op: O,
    request: Requests[O],
    facts: Omit<CallRecord, "op" | "url" | "contentType" | "body">,
  ): void {
    if (settings.onCall === undefined) return;
    const { url, dialect, onCall } = settings;
    // Written anew with the placeholder instead of searched for the token: it cannot be missed.
    const shown = encodeRequest({ op, request, dialect, token: TOKEN_PLACEHOLDER });
    const body = shown.body.replace(encodeURIComponent(TOKEN_PLACEHOLDER), TOKEN_PLACEHOLDER);
    try {
      onCall({ op, url, contentType: shown.contentType, body, ...facts });
    } catch {
      // An inspector must not change what becomes of a call.
    }
  }

  async function attempt<O extends OpName>(
    op: O,
    request: Requests[O],
    number: number,
    timeoutMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Attempt<O>> {
    const startedAt = Date.now();
    const { url, fetch, dialect } = settings;
    const encoded = encodeRequest({ op, request, dialect, token });
    const ended = await exchange({ fetch, url, ...encoded, timeoutMs, signal });
    const read = readExchange(op, ended);
    const outcome: Outcome = read.kind === "failed" ? outcomes[read.sent] : read.kind;
    record(op, request, {
      attempt: number,
      startedAt,
      durationMs: Date.now() - startedAt,
      outcome,
      status: ended.kind === "answer" ? ended.status : undefined,
      answer: ended.kind === "answer" ? redact(ended.text.slice(0, 65_536)) : undefined,
    });
    return read;
  }

  function refused(op: OpName, raw: Refusal, attempts: number): RefusedError {
    const kind = refusalKind(raw);
    const refusal: Refusal = {
      ...raw,
      error: redact(raw.error),
      cause: raw.cause === undefined ? undefined : redact(raw.cause),
      properties: raw.properties?.map(redact),
    };
    const error = new RefusedError({ op, kind, sent: "yes", outcome: "refused", attempts }, refusal);
    if (kind !== "refused") latch = error;
    return error;
  }

  function guard(op: OpName, signal: AbortSignal | undefined, deadline: number, attempts: number): void {
    if (signal?.aborted === true) {
      throw new NotSentError(
        { op, kind: "cancelled", attempts },
        "aborted",
        `${op}: cancelled before it was sent.`,
      );
    }
    if (latch !== undefined) {
      throw new NotSentError(
        { op, kind: "latched", attempts },
        "latched",
        `${op}: not sent, because mesibo answered ${latch.refusal.error} earlier. Check the app token, then call reset().`,
      );
    }
    if (Date.now() >= deadline) {
      throw new NotSentError(
        { op, kind: "not_sent", attempts },
        "deadline",
        `${op}: not sent, its time ran out while it waited.`,
      );
    }
  }

  async function run<O extends OpName>(
    op: O,
    request: Requests[O],
    signal: AbortSignal | undefined,
    deadline: number,
  ): Promise<Results[O]> {
    let mayHaveHappened: UnknownOutcomeError | undefined;
    for (let number = 1; ; number += 1) {
      try {
        guard(op, signal, deadline, number - 1);
      } catch (error) {
        throw mayHaveHappened ?? error;
      }
      const timeoutMs = Math.min(settings.timeoutMs, deadline - Date.now());
      const ended = await attempt(op, request, number, Math.max(1, timeoutMs), signal);
      if (ended.kind === "done") return ended.result;
      if (ended.kind === "refused") {
        const error = refused(op, ended.refusal, number);
        // An earlier request may have been applied before this one was refused: a group deleted twice is.
        if (mayHaveHappened === undefined || repetition[op] === "read") throw error;
        throw new UnknownOutcomeError(
          { op, kind: "unknown", sent: "maybe", attempts: number },
          `refused with ${error.refusal.error} when repeated`,
        );
      }
      const error = failure(op, ended, number);
      if (error instanceof UnknownOutcomeError) mayHaveHappened = error;
      const mayRepeat = ended.reason !== "aborted" && (ended.sent === "no" || repetition[op] !== "once");
      if (!mayRepeat || number > settings.retries) throw mayHaveHappened ?? error;
      await pause(Math.min(backoffMs(number), Math.max(0, deadline - Date.now())), signal);
    }
  }

  return {
    call: async (op, request, callOptions = {}) => {
      validateRequest(op, request, callOptions);
      const deadline = Date.now() + settings.deadlineMs;
      return inQueue(queueKey(op, request), () => run(op, request, callOptions.signal, deadline));
    },
    latched: () => latch,
    reset: () => {
      latch = undefined;
    },
  };
}
