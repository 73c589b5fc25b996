import type { OpName } from "../../domain/requests.ts";
import { MesiboError } from "./mesibo-error.ts";

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
