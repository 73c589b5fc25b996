import type { OpName } from "../../domain/requests.ts";

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
 * - `members`: not every address of a member list was done; see `MembersError.report`.
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
