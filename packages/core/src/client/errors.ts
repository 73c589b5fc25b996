import type { Address } from "../domain/member.ts";
import type { Refusal } from "../domain/refusal.ts";
import type { OpName } from "../domain/requests.ts";
import { oneLine } from "./words.ts";

/** How an operation ended: done, definitely not done, never sent, or sent without an answer. */
export type Outcome = "done" | "refused" | "not_sent" | "unknown";

/** Whether the request's bytes left this process. */
export type Sent = "no" | "maybe" | "yes";

/**
 * Stable names of everything that can go wrong; each has a page in `docs/errors.md`.
 *
 * - `validation`: the request is wrong; nothing was sent.
 * - `refused`: mesibo refused; definitely not done.
 * - `auth`, `breach`: mesibo refused the app token, or disabled the app; the client latches.
 * - `latched`: an earlier `auth` or `breach` stopped this client; nothing was sent.
 * - `cancelled`: the caller's signal fired; `sent` tells whether bytes may have left.
 * - `not_sent`: no connection, no time left, or held back by the client itself; safe to repeat.
 * - `unknown`: sent, no answer; it may have happened.
 * - `protocol`: sent, and the answer is nothing that mesibo would say; it may have happened.
 * - `members`: not every address of a member list was done; see {@link MembersError.report}.
 */
export type ErrorKind =
  | "validation"
  | "refused"
  | "auth"
  | "breach"
  | "latched"
  | "cancelled"
  | "not_sent"
  | "unknown"
  | "protocol"
  | "members";

/**
 * Why the client itself held a request back.
 *
 * - `queue_full`: too many calls wait already (`maxQueued`).
 * - `queue_wait`: no place among the requests in flight became free in time (`queueWaitMs`).
 * - `breaker_open`: nothing comes through at the moment (`breaker`).
 * - `quiet`: a lost change of the same group may still be on its way (`quietMs`).
 */
export type HoldReason = "queue_full" | "queue_wait" | "breaker_open" | "quiet";

/** The facts of a {@link MesiboError}. */
export interface ErrorFacts {
  readonly op: OpName;
  readonly kind: ErrorKind;
  readonly sent: Sent;
  readonly outcome: Exclude<Outcome, "done">;
  /** Requests that were started for this operation. */
  readonly attempts: number;
}

/**
 * The base of every error that the client throws: one sentence, a stable `kind`, facts as fields, and never
 * the app token.
 *
 * @example
 * ```ts
 * import { MesiboError, RefusedError } from "@mesibo-groups/core";
 *
 * const facts = { op: "groupdel", kind: "refused", sent: "yes", outcome: "refused", attempts: 1 } as const;
 * const error = new RefusedError(facts, { error: "BADGROUP", code: 404 });
 * console.assert(error instanceof MesiboError && error.outcome === "refused");
 * ```
 */
export class MesiboError extends Error {
  override readonly name: string = "MesiboError";
  readonly op: OpName;
  readonly kind: ErrorKind;
  readonly sent: Sent;
  readonly outcome: Exclude<Outcome, "done">;
  readonly attempts: number;
  /** The page about this kind of error, below the repository. */
  readonly docs: string;

  constructor(facts: ErrorFacts, message: string) {
    super(message);
    this.op = facts.op;
    this.kind = facts.kind;
    this.sent = facts.sent;
    this.outcome = facts.outcome;
    this.attempts = facts.attempts;
    this.docs = `docs/errors.md#${facts.kind}`;
  }
}

const MAX_WORDS = 300;

/**
 * The request is wrong, and nothing was sent.
 *
 * @example
 * ```ts
 * import { createClient, ValidationError } from "@mesibo-groups/core";
 *
 * const client = createClient({ token: "app-token" });
 * const error: unknown = await client.groups.edit({ gid: 5, name: "" }).catch((reason: unknown) => reason);
 * console.assert(error instanceof ValidationError && error.field === "name" && error.sent === "no");
 * ```
 */
export class ValidationError extends MesiboError {
  override readonly name = "ValidationError";
  /** The field of the request at fault. */
  readonly field: string;
  /** What was expected of it, with its limit. */
  readonly expected: string;

  constructor(op: OpName, field: string, expected: string) {
    super(
      { op, kind: "validation", sent: "no", outcome: "not_sent", attempts: 0 },
      `${op}: ${field} must be ${expected}. Nothing was sent.`,
    );
    this.field = field;
    this.expected = expected;
  }
}

/**
 * mesibo or a gateway refused: definitely not done. `auth` and `breach` also latch the client.
 *
 * @example
 * ```ts
 * import { createClient, RefusedError } from "@mesibo-groups/core";
 *
 * const answer = '{"error":"BADGROUP","code":404,"op":"groupdel","result":false}';
 * const client = createClient({ token: "app-token", fetch: async () => new Response(answer) });
 * const error: unknown = await client.groups.delete(5).catch((reason: unknown) => reason);
 * console.assert(error instanceof RefusedError && error.refusal.error === "BADGROUP");
 * ```
 */
export class RefusedError extends MesiboError {
  override readonly name = "RefusedError";
  readonly refusal: Refusal;

  constructor(facts: ErrorFacts, refusal: Refusal, by: "mesibo" | "the gateway" = "mesibo") {
    const { error, code, cause, properties = [] } = refusal;
    const facet = properties.length > 0 ? ` (${properties.join(", ")})` : "";
    const number = code === undefined ? "" : ` ${code}`;
    const words = cause === undefined ? "." : `: ${cause}`;
    super(
      facts,
      `${facts.op}: ${by} refused with ${oneLine(`${error}${number}${facet}${words}`, MAX_WORDS)}`,
    );
    this.refusal = refusal;
  }
}

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

/**
 * The request may have been applied: it was sent, and no answer that can be read came back.
 *
 * @example
 * ```ts
 * import { createClient, UnknownOutcomeError } from "@mesibo-groups/core";
 *
 * const fetch = async () => new Response("<h1>Bad gateway</h1>", { status: 502 });
 * const client = createClient({ token: "app-token", fetch });
 * const error: unknown = await client.groups.create({ name: "News" }).catch((reason: unknown) => reason);
 * // A second group would be worse than a question: nothing was repeated.
 * console.assert(error instanceof UnknownOutcomeError && error.attempts === 1);
 * ```
 */
export class UnknownOutcomeError extends MesiboError {
  override readonly name = "UnknownOutcomeError";
  /** What was seen instead of an answer: `timeout`, `aborted`, a socket error's code, `html`, `status 502`… */
  readonly reason: string;
  /** Through a gateway: where it keeps what it knows, such as `/v1/operations/op_01KAR5V2Z6F5T1P0X9Y8Q7W3M4`. */
  readonly operation: string | undefined;

  constructor(facts: Omit<ErrorFacts, "outcome">, reason: string, operation?: string) {
    super(
      { ...facts, outcome: "unknown" },
      `${facts.op}: sent, but no usable answer (${reason}); it may have happened. Look before you repeat it.`,
    );
    this.reason = reason;
    this.operation = operation;
  }
}

/** One address of a member list that was not done, and why. */
export interface MemberFailure {
  readonly address: Address;
  readonly error: MesiboError;
  /** False when the call budget ran out before this address was tried by itself. */
  readonly isolated: boolean;
}

/** What became of each address of a member list. Every address is in exactly one of the four lists. */
export interface MembersReport {
  readonly done: readonly Address[];
  readonly refused: readonly MemberFailure[];
  readonly unknown: readonly MemberFailure[];
  readonly notSent: readonly Address[];
  /** Calls that were started, the last one perhaps without being sent. */
  readonly calls: number;
  /** What kept the rest from being sent; undefined where nothing did, or where the caller stopped it. */
  readonly stoppedBy?: MesiboError | undefined;
}

/**
 * Not every address of a member list was done.
 *
 * @example
 * ```ts
 * import { allPermissions, createClient, MembersError } from "@mesibo-groups/core";
 *
 * const answer = '{"error":"BADUSER","code":404,"op":"groupeditmembers","result":false}';
 * const client = createClient({ token: "app-token", fetch: async () => new Response(answer) });
 * const error: unknown = await client.members
 *   .add({ gid: 5, addresses: ["stranger"], permissions: allPermissions })
 *   .catch((reason: unknown) => reason);
 * console.assert(error instanceof MembersError && error.report.refused[0]?.address === "stranger");
 * ```
 */
export class MembersError extends MesiboError {
  override readonly name = "MembersError";
  readonly report: MembersReport;

  constructor(op: OpName, report: MembersReport) {
    const { done, refused, unknown, notSent, calls } = report;
    const answered = done.length + refused.length > 0;
    const outcome = unknown.length > 0 ? "unknown" : refused.length > 0 ? "refused" : "not_sent";
    const shown = [...refused, ...unknown].slice(0, 5).map(({ address }) => address);
    const named = shown.length === 0 ? "" : `: ${shown.join(", ")}${shown.length === 5 ? "…" : ""}`;
    super(
      {
        op,
        kind: "members",
        sent: outcome === "unknown" ? "maybe" : answered ? "yes" : "no",
        outcome,
        attempts: calls,
      },
      `${op}: ${done.length} done, ${refused.length} refused, ${unknown.length} unknown, ${notSent.length} not sent${named}`,
    );
    this.report = report;
  }
}
