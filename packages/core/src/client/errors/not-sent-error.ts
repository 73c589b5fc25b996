import { MesiboError, type ErrorFacts } from "./mesibo-error.ts";

/**
 * Why the client itself held a request back.
 *
 * - `queue_full`: too many calls wait already (`maxQueued`).
 * - `queue_wait`: no place among the requests in flight became free in time (`queueWaitMs`).
 * - `breaker_open`: nothing comes through at the moment (`breaker`).
 * - `quiet`: a lost change of the same group may still be on its way (`quietMs`).
 */
export type HoldReason = "queue_full" | "queue_wait" | "breaker_open" | "quiet";

/**
 * The request never left, so nothing happened; safe to repeat.
 *
 * @example
 * ```ts
 * import { createClient, NotSentError } from "@mesibo-groups/core";
 *
 * const client = createClient({ token: "app-token" });
 * const error: unknown = await client.groups
 *   .create({ name: "News" }, { signal: AbortSignal.abort() })
 *   .catch((reason: unknown) => reason);
 * console.assert(error instanceof NotSentError && error.outcome === "not_sent");
 * ```
 */
export class NotSentError extends MesiboError {
  override readonly name = "NotSentError";
  /**
   * What kept it: a connect error's code such as `ECONNREFUSED`, `deadline`, `latched`, `aborted`, or a
   * {@link HoldReason}.
   */
  readonly reason: string;
  /** Milliseconds after which it is worth while to call again, where that is known. */
  readonly retryAfterMs: number | undefined;

  constructor(
    facts: Omit<ErrorFacts, "sent" | "outcome">,
    reason: string,
    { message, retryAfterMs }: { readonly message: string; readonly retryAfterMs?: number | undefined },
  ) {
    super({ ...facts, sent: "no", outcome: "not_sent" }, message);
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}
