import { repetition } from "../retry.ts";
import { MesiboError, type ErrorFacts } from "./mesibo-error.ts";

/**
 * The request was sent, and no answer that can be read came back. A change may have been applied; a read has
 * changed nothing, and may simply be asked again: see `mayHaveHappened`.
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

  /** Whether something may have been changed: false for a read. */
  readonly mayHaveHappened: boolean;

  constructor(facts: Omit<ErrorFacts, "outcome">, reason: string, operation?: string) {
    const changes = repetition[facts.op] !== "read";
    const meaning = changes
      ? "it may have happened. Look before you repeat it."
      : "it was a read, so nothing was changed. Ask again.";
    super(
      { ...facts, outcome: "unknown" },
      `${facts.op}: sent, but no usable answer (${reason}); ${meaning}`,
    );
    this.mayHaveHappened = changes;
    this.reason = reason;
    this.operation = operation;
  }
}
