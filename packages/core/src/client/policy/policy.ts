import type { Gid } from "../../domain/group.ts";
import type { OpName } from "../../domain/requests.ts";
import { NotSentError } from "../errors/not-sent-error.ts";
import type { RefusedError } from "../errors/refused-error.ts";
import { heldBack, obstacle, type Effort } from "../failures.ts";
import type { CallOptions } from "../options.ts";
import { now, pause, type Limits } from "../time.ts";
import {
  arrivalOf,
  createBreaker,
  noBreaker,
  type Arrival,
  type BreakerState,
  type Ended,
} from "./breaker.ts";
import type { PolicySettings } from "./options.ts";
import { createPlaces } from "./places.ts";
import { createQuiet, type Quiet } from "./quiet.ts";
import { createRetryBudget } from "./retry-budget.ts";

/** What a client is doing, and what holds it back. */
export interface ClientState {
  /** Requests under way. */
  readonly inFlight: number;
  /** Calls that wait for a place among them. */
  readonly queued: number;
  readonly breaker: BreakerState;
  /** Repetitions under way. */
  readonly retries: number;
  /** Repetitions that were not made because there were enough of them, since the beginning. */
  readonly retriesRefused: number;
  /** Groups that are not changed for a while after an unknown outcome. */
  readonly quietGroups: number;
  /** The refusal that stopped the client, or undefined. */
  readonly latched: RefusedError | undefined;
}

/** A request that wants to be sent. */
export interface Sending extends Pick<CallOptions, "beforeSend"> {
  readonly effort: Effort;
  readonly limits: Limits;
  /** Whether nothing is harmed when its answer is lost: only then may it find out whether anything comes through. */
  readonly safe: boolean;
}

/** A request that may be sent now. */
interface Pass {
  readonly waitedMs: number;
  readonly leave: (arrival: Arrival) => void;
}

/** What stands between a call and the network, for all calls of a client. */
export interface Policy {
  /** Runs an operation, which counts as active as long as it goes on. */
  readonly active: <T>(operation: () => Promise<T>) => Promise<T>;
  /**
   * Sends a request once it may be sent; `send` is told how many milliseconds it waited. Answers, and does not
   * throw, what keeps it from being sent.
   */
  readonly send: <T extends Ended>(
    sending: Sending,
    send: (waitedMs: number) => Promise<T>,
  ) => Promise<T | NotSentError>;
  /** Waits until a group may be changed. Throws `NotSentError` where that would take too long. */
  readonly awaitQuiet: (
    gid: Gid,
    asked: { readonly op: OpName; readonly limits: Limits; readonly timeoutMs: number },
  ) => Promise<void>;
  /** Notes that a change of a group was lost. */
  readonly lost: (gid: Gid) => void;
  readonly takeRetry: () => boolean;
  readonly endRetry: () => void;
  readonly quiet: Quiet;
  readonly state: () => ClientState;
}

/** Makes the policy of one client. */
export function createPolicy(settings: PolicySettings, latched: () => RefusedError | undefined): Policy {
  const places = createPlaces(settings);
  const breaker = settings.breaker ? createBreaker() : noBreaker;
  const quiet = createQuiet();
  let active = 0;
  const retries = createRetryBudget(() => active);

  const broken = (effort: Effort): NotSentError =>
    heldBack(effort, { reason: "breaker_open", retryAfterMs: Math.max(1_000, Math.ceil(breaker.waitMs())) });

  async function enter({ effort, limits, safe }: Sending): Promise<Pass | NotSentError> {
    const before = obstacle(effort, limits, latched());
    if (before !== undefined) return before;
    // Whoever would be refused in the end does not wait for that.
    if (breaker.waitMs() > 0) return broken(effort);
    const start = now();
    const taken = await places.take(limits);
    const after = obstacle(effort, limits, latched());
    if (taken !== "taken") {
      return after ?? heldBack(effort, { reason: taken === "full" ? "queue_full" : "queue_wait" });
    }
    const report = after === undefined ? breaker.admit(safe) : undefined;
    if (report === undefined) {
      places.leave();
      return after ?? broken(effort);
    }
    const leave = (arrival: Arrival): void => {
      places.leave();
      report(arrival);
    };
    return { waitedMs: now() - start, leave };
  }

  return {
    active: async (operation) => {
      active += 1;
      try {
        return await operation();
      } finally {
        active -= 1;
      }
    },
    send: async ({ effort, limits, safe, beforeSend }, send) => {
      const pass = await enter({ effort, limits, safe });
      if (pass instanceof NotSentError) return pass;
      let arrival: Arrival = "aborted";
      try {
        if (beforeSend !== undefined) {
          await beforeSend();
          const blocked = obstacle(effort, limits, latched());
          if (blocked !== undefined) return blocked;
        }
        const ended = await send(pass.waitedMs);
        arrival = arrivalOf(ended);
        return ended;
      } finally {
        pass.leave(arrival);
      }
    },
    awaitQuiet: async (gid, { op, limits, timeoutMs }) => {
      const left = quiet.left(gid);
      if (left === 0) return;
      // Only where a whole request has its time afterwards is it worth while to wait.
      if (left > limits.deadline - now() - timeoutMs) {
        throw heldBack({ op, attempts: 0 }, { reason: "quiet", retryAfterMs: Math.ceil(left) });
      }
      await pause(left, limits.signal, quiet.ended(gid));
    },
    lost: (gid) => {
      quiet.keep({ gid, ms: settings.quietMs });
    },
    takeRetry: retries.take,
    endRetry: retries.giveBack,
    quiet: { left: quiet.left, keep: quiet.keep, end: quiet.end },
    state: () => ({
      inFlight: places.inFlight(),
      queued: places.queued(),
      breaker: breaker.state(),
      retries: retries.taken(),
      retriesRefused: retries.refused(),
      quietGroups: quiet.count(),
      latched: latched(),
    }),
  };
}
