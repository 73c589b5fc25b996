/**
 * A failure that mesibo answered with: the operation was definitely not done.
 *
 * `error` is mesibo's own string, `code` its number (HTTP semantics) and `properties` the parameters at
 * fault. Answers of older servers carry `error` alone.
 */
export interface Refusal {
  readonly error: string;
  readonly code?: number | undefined;
  readonly cause?: string | undefined;
  readonly properties?: readonly string[] | undefined;
}
