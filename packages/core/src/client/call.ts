import type { Address } from "../domain/member.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { OpName, Requests } from "../domain/requests.ts";
import type { Results } from "../domain/results.ts";
import { createRedactor, tokenPattern } from "../wire/redact.ts";
import { send, writeLetter, type Letter } from "./attempt.ts";
import { batchAddresses } from "./batch.ts";
import type { RefusedError } from "./errors.ts";
import { failedError, obstacle, refusedError } from "./failures.ts";
import { inTurn } from "./in-turn.ts";
import { createLatch } from "./latch.ts";
import { readOptions, type CallOptions, type ClientOptions } from "./options.ts";
import { createKeyedQueue } from "./queue.ts";
import { backoffMs, repetition } from "./retry.ts";
import { now, pause, type Limits } from "./time.ts";
import type { Failed } from "./transport.ts";
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
  /** Splits a list of addresses into those that go out in one call. */
  readonly batch: (addresses: readonly Address[]) => readonly (readonly Address[])[];
  /** Throws `ValidationError` where a call would be refused before it is sent. */
  readonly check: <O extends OpName>(op: O, request: Requests[O], options?: CallOptions) => void;
  /** The refusal that stopped this client, or undefined. */
  readonly latched: () => RefusedError | undefined;
  readonly latch: (refusal: RefusedError) => void;
  readonly reset: () => void;
}

/** Until when an operation may go on, and what comes before its first request. */
interface Going extends Limits, Pick<CallOptions, "beforeSend"> {}

const queueKey = <O extends OpName>(op: O, request: Requests[O]): number | undefined =>
  repetition[op] === "repeatable" && "gid" in request ? request.gid : undefined;

/** Makes the function behind every method of a client. The token stays in this closure. */
export function createCaller(options: ClientOptions): Caller {
  const settings = readOptions(options);
  const { token } = options;
  const redact = createRedactor(token);
  const pattern = tokenPattern(token);
  const holdsToken = (text: string): boolean => text.search(pattern) !== -1;
  const enter = createKeyedQueue();
  const { latched, stop, latch, reset } = createLatch(options);

  /** Validates a request and writes it down. */
  function prepare<O extends OpName>(op: O, request: Requests[O], callOptions: CallOptions = {}): Letter<O> {
    validateRequest({ op, request, options: callOptions, holdsToken });
    return writeLetter({ op, request }, { dialect: settings.dialect, token });
  }

  async function run<O extends OpName>(letter: Letter<O>, limits: Going): Promise<Results[O]> {
    const { op } = letter;
    const { signal, deadline, beforeSend } = limits;
    if (beforeSend !== undefined) {
      const blocked = obstacle({ op, attempts: 0 }, limits, latched());
      if (blocked !== undefined) throw blocked;
      await beforeSend();
    }
    // What was last seen of a request that may have been applied.
    let open: Failed | undefined;
    for (let attempt = 1; ; attempt += 1) {
      const before = { op, attempts: attempt - 1 };
      const blocked = obstacle(before, limits, latched());
      if (blocked !== undefined) throw open === undefined ? blocked : failedError(before, open);

      const effort = { op, attempts: attempt };
      const onRefusal = (refusal: Refusal): RefusedError => {
        const error = refusedError(effort, refusal, redact);
        if (error.kind !== "refused") stop(error);
        return error;
      };
      const timeoutMs = Math.min(settings.timeoutMs, deadline - now());
      const ended = await send(letter, { settings, redact, attempt, timeoutMs, signal, onRefusal });
      if (ended.kind === "done") return ended.result;
      if (ended.kind === "refused") {
        // A refusal says nothing about an earlier request: a group deleted twice is refused the second time.
        if (open === undefined || repetition[op] === "read") throw ended.error;
        const reason = `refused with ${ended.error.refusal.error} when repeated`;
        throw failedError(effort, { ...open, reason, protocol: false });
      }
      if (ended.sent !== "no") open = ended;
      const mayRepeat = ended.reason !== "aborted" && (ended.sent === "no" || repetition[op] !== "once");
      if (!mayRepeat || attempt > settings.retries) throw failedError(effort, open ?? ended);
      await pause(Math.min(backoffMs(attempt), deadline - now()), signal);
    }
  }

  return {
    call: async (op, request, callOptions = {}) => {
      const letter = prepare(op, request, callOptions);
      const { signal, beforeSend } = callOptions;
      const limits = { signal, beforeSend, deadline: now() + settings.deadlineMs };
      const key = queueKey(op, request);
      const work = (): Promise<Results[typeof op]> => run(letter, limits);
      return key === undefined ? work() : inTurn({ enter, key, op, limits }, work);
    },
    batch: batchAddresses,
    check: prepare,
    latched,
    latch,
    reset,
  };
}
