import type { Gid } from "../domain/group.ts";
import type { Address } from "../domain/member.ts";
import type { OpName, Requests } from "../domain/requests.ts";
import type { Results } from "../domain/results.ts";
import { createRedactor, tokenPattern } from "../wire/redact.ts";
import { writeLetter, type Letter } from "./attempt.ts";
import { batchAddresses } from "./batch.ts";
import type { RefusedError } from "./errors/refused-error.ts";
import { inTurn } from "./in-turn.ts";
import { createLatch } from "./latch.ts";
import { readOptions, type CallOptions, type ClientOptions } from "./options.ts";
import { createPolicy, type ClientState } from "./policy/policy.ts";
import type { Quiet } from "./policy/quiet.ts";
import { createKeyedQueue } from "./queue.ts";
import { repetition } from "./retry.ts";
import { runOperation, type Runner } from "./run.ts";
import { now } from "./time.ts";
import { validateRequest } from "./validate.ts";

/** Makes one typed call of mesibo's API. */
export type Call = <O extends OpName>(
  op: O,
  request: Requests[O],
  options?: CallOptions,
) => Promise<Results[O]>;

/** Looks at one typed call without making it. */
export type Check = <O extends OpName>(op: O, request: Requests[O], options?: CallOptions) => void;

/** The engine room of a client. */
export interface Caller {
  readonly call: Call;
  /** Splits a list of addresses into those that go out in one call. */
  readonly batch: (addresses: readonly Address[]) => readonly (readonly Address[])[];
  /** Throws `ValidationError` where a call would be refused before it is sent. */
  readonly check: Check;
  /** The refusal that stopped this client, or undefined. */
  readonly latched: () => RefusedError | undefined;
  readonly latch: (refusal: RefusedError) => void;
  readonly reset: () => void;
  readonly state: () => ClientState;
  readonly quiet: Quiet;
}

const changedGroup = <O extends OpName>(op: O, request: Requests[O]): Gid | undefined =>
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
  const policy = createPolicy(settings.policy, latched);

  /** Validates a request and writes it down. */
  function prepare<O extends OpName>(op: O, request: Requests[O], callOptions: CallOptions = {}): Letter<O> {
    validateRequest({ op, request, options: callOptions, holdsToken });
    return writeLetter({ op, request }, { dialect: settings.dialect, token });
  }

  const runner: Runner = { settings, policy, redact, stop, probe };

  return {
    call: async (op, request, callOptions = {}) => {
      const letter = prepare(op, request, callOptions);
      const { signal, beforeSend, caller } = callOptions;
      const changes = changedGroup(op, request);
      const going = { signal, beforeSend, caller, changes, deadline: now() + settings.deadlineMs };
      const run = (): Promise<Results[typeof op]> => runOperation(runner, { letter, going });
      return policy.active(() => {
        if (changes === undefined) return run();
        return inTurn({ enter, key: changes, op, limits: going }, async () => {
          await policy.awaitQuiet(changes, { op, limits: going, timeoutMs: settings.timeoutMs });
          return run();
        });
      });
    },
    batch: batchAddresses,
    check: prepare,
    latched,
    latch,
    reset,
    state: policy.state,
    quiet: policy.quiet,
  };

  async function probe(): Promise<void> {
    const deadline = now() + settings.timeoutMs;
    const going = { signal: undefined, beforeSend: undefined, changes: undefined, deadline };
    await runOperation(runner, { letter: prepare("groupsget", { count: 1 }), going }).catch(() => undefined);
  }
}
