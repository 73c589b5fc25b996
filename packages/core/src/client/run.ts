import type { Gid } from "../domain/group.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { OpName } from "../domain/requests.ts";
import type { Results } from "../domain/results.ts";
import { send, type Attempt, type Letter } from "./attempt.ts";
import { NotSentError } from "./errors/not-sent-error.ts";
import type { RefusedError } from "./errors/refused-error.ts";
import { failedError, refusedError } from "./failures.ts";
import type { Latch } from "./latch.ts";
import type { CallOptions, Settings } from "./options.ts";
import type { Policy } from "./policy/policy.ts";
import { backoffMs, repetition } from "./retry.ts";
import { now, pause, type Limits } from "./time.ts";
import type { Failed } from "./transport.ts";

/** Until when an operation may go on, what comes before its first request, and which group it changes. */
export interface Going extends Limits, Pick<CallOptions, "beforeSend"> {
  readonly changes: Gid | undefined;
}

/** What operations are run with. */
export interface Runner extends Pick<Latch, "stop"> {
  readonly settings: Settings;
  readonly policy: Policy;
  readonly redact: (text: string) => string;
  /** Asks something that does no harm, to see whether anything comes through. Never throws. */
  readonly probe: () => Promise<void>;
}

/** Sends a request once it may be sent. Answers, and does not throw, what keeps it from being sent. */
async function sendOnce<O extends OpName>(
  { settings, policy, redact, stop, probe }: Runner,
  { letter, going, attempt }: { readonly letter: Letter<O>; readonly going: Going; readonly attempt: number },
): Promise<Attempt<O> | NotSentError> {
  const { op } = letter;
  const { signal, deadline, beforeSend } = going;
  const before = { op, attempts: attempt - 1 };
  const safe = repetition[op] !== "once";
  // What must not be lost does not go first.
  if (!safe && policy.state().breaker === "half_open") await probe();
  const sending = { effort: before, limits: going, safe, beforeSend: attempt === 1 ? beforeSend : undefined };
  return policy.send(sending, (waitedMs) => {
    const onRefusal = (refusal: Refusal): RefusedError => {
      const error = refusedError({ op, attempts: attempt }, refusal, redact);
      if (error.kind !== "refused") stop(error);
      return error;
    };
    const timeoutMs = Math.min(settings.timeoutMs, deadline - now());
    return send(letter, { settings, redact, attempt, waitedMs, timeoutMs, signal, onRefusal });
  });
}

/** Runs an operation to its end, with the repetitions that it may have. Throws what it came to unless it is done. */
export async function runOperation<O extends OpName>(
  runner: Runner,
  { letter, going }: { readonly letter: Letter<O>; readonly going: Going },
): Promise<Results[O]> {
  const { settings, policy } = runner;
  const { op } = letter;
  const { signal, deadline, changes } = going;
  // What was last seen of a request that may have been applied.
  let open: Failed | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const effort = { op, attempts: attempt };
    const ended = await sendOnce(runner, { letter, going, attempt });
    if (attempt > 1) policy.endRetry();
    if (ended instanceof NotSentError) {
      throw open === undefined ? ended : failedError({ op, attempts: attempt - 1 }, open);
    }
    if (ended.kind === "done") return ended.result;
    if (ended.kind === "refused") {
      // A refusal says nothing about an earlier request: a group deleted twice is refused the second time.
      if (open === undefined || repetition[op] === "read") throw ended.error;
      const reason = `refused with ${ended.error.refusal.error} when repeated`;
      throw failedError(effort, { ...open, reason, protocol: false });
    }
    if (ended.sent !== "no") {
      open = ended;
      // Done in the end or not: the lost request may still arrive, and undo what comes later.
      if (changes !== undefined) policy.lost(changes);
    }
    const mayRepeat = ended.reason !== "aborted" && (ended.sent === "no" || repetition[op] !== "once");
    if (!mayRepeat || attempt > settings.retries || !policy.takeRetry()) {
      throw failedError(effort, open ?? ended);
    }
    await pause(Math.min(backoffMs(attempt), deadline - now()), signal);
  }
}
