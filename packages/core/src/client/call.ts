import type { Refusal } from "../domain/refusal.ts";
import type { OpName, Requests } from "../domain/requests.ts";
import type { Results } from "../domain/results.ts";
import { send, writeLetter, type Attempt, type Letter } from "./attempt.ts";
import { NotSentError, RefusedError, UnknownOutcomeError, type MesiboError } from "./errors.ts";
import { readOptions, type CallOptions, type ClientOptions } from "./options.ts";
import { createKeyedQueue } from "./queue.ts";
import { createRedactor } from "./redact.ts";
import { backoffMs, pause, repetition } from "./retry.ts";
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

function refusalKind({ error, code }: Refusal): "auth" | "breach" | "refused" {
  if (error === "TOKENBREACH") return "breach";
  // mesibo: AUTHFAIL with 401 (TH PR #1162), INVALIDTOKEN before 2023 (TH 043cb3d).
  return error === "AUTHFAIL" || error === "INVALIDTOKEN" || code === 401 ? "auth" : "refused";
}

type Failed = Extract<Attempt<OpName>, { kind: "failed" }>;

function failure(
  op: OpName,
  { sent, reason, protocol }: Failed,
  attempts: number,
): NotSentError | UnknownOutcomeError {
  if (sent === "no") {
    return new NotSentError(
      { op, kind: "not_sent", attempts },
      reason,
      `${op}: not sent (${reason}); nothing happened.`,
    );
  }
  const kind = reason === "aborted" ? "cancelled" : protocol ? "protocol" : "unknown";
  return new UnknownOutcomeError({ op, kind, sent, attempts }, reason);
}

const queueKey = <O extends OpName>(op: O, request: Requests[O]): number | undefined =>
  repetition[op] === "repeatable" && "gid" in request ? request.gid : undefined;

/** How long and until what an operation may go on. */
interface Limits {
  readonly signal: AbortSignal | undefined;
  /** Unix milliseconds. */
  readonly deadline: number;
}

/** Makes the function behind every method of a client. The token stays in this closure. */
export function createCaller(options: ClientOptions): Caller {
  const settings = readOptions(options);
  const { token } = options;
  const redact = createRedactor(token);
  const enter = createKeyedQueue();
  let latch: RefusedError | undefined;

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

  /** Why nothing may be sent now, or undefined. */
  function obstacle(op: OpName, { signal, deadline }: Limits, attempts: number): NotSentError | undefined {
    if (signal?.aborted === true) {
      return new NotSentError(
        { op, kind: "cancelled", attempts },
        "aborted",
        `${op}: cancelled before it was sent.`,
      );
    }
    if (latch !== undefined) {
      const message = `${op}: not sent, because mesibo answered ${latch.refusal.error} earlier. Check the app token, then call reset().`;
      return new NotSentError({ op, kind: "latched", attempts }, "latched", message);
    }
    if (Date.now() < deadline) return undefined;
    return new NotSentError(
      { op, kind: "not_sent", attempts },
      "deadline",
      `${op}: not sent, its time ran out while it waited.`,
    );
  }

  async function run<O extends OpName>(letter: Letter<O>, limits: Limits): Promise<Results[O]> {
    const { op } = letter;
    const { signal, deadline } = limits;
    let open: UnknownOutcomeError | undefined;
    for (let attempt = 1; ; attempt += 1) {
      const blocked = obstacle(op, limits, attempt - 1);
      if (blocked !== undefined) throw open ?? blocked;
      const timeoutMs = Math.min(settings.timeoutMs, deadline - Date.now());
      const ended = await send(letter, { settings, redact, attempt, timeoutMs, signal });
      if (ended.kind === "done") return ended.result;
      if (ended.kind === "refused") throw settle(refused(op, ended.refusal, attempt), open);
      const error = failure(op, ended, attempt);
      if (error instanceof UnknownOutcomeError) open = error;
      const mayRepeat = ended.reason !== "aborted" && (ended.sent === "no" || repetition[op] !== "once");
      if (!mayRepeat || attempt > settings.retries) throw open ?? error;
      await pause(Math.min(backoffMs(attempt), deadline - Date.now()), signal);
    }
  }

  async function inTurn<O extends OpName>(
    key: number,
    letter: Letter<O>,
    limits: Limits,
  ): Promise<Results[O]> {
    const turn = enter(key);
    try {
      // Whoever gives up while waiting is told at once; the queue goes on without them.
      await pause(limits.deadline - Date.now(), limits.signal, turn.ready);
      return await run(letter, limits);
    } finally {
      turn.leave();
    }
  }

  return {
    call: async (op, request, callOptions = {}) => {
      validateRequest(op, request, callOptions);
      const letter = writeLetter({ op, request }, { dialect: settings.dialect, token });
      const limits = { signal: callOptions.signal, deadline: Date.now() + settings.deadlineMs };
      const key = queueKey(op, request);
      return key === undefined ? run(letter, limits) : inTurn(key, letter, limits);
    },
    latched: () => latch,
    reset: () => {
      latch = undefined;
    },
  };
}

/**
 * A refusal as the operation's end. Where an earlier request may have been applied, the refusal of a later one
 * says nothing about it: a group that was deleted twice is refused the second time.
 */
function settle(error: RefusedError, open: UnknownOutcomeError | undefined): MesiboError {
  if (open === undefined || repetition[error.op] === "read") return error;
  const { op, attempts, refusal } = error;
  return new UnknownOutcomeError(
    { op, kind: "unknown", sent: "maybe", attempts },
    `refused with ${refusal.error} when repeated`,
  );
}
