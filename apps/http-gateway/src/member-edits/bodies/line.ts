/** One edit as it was written, or what is wrong with its line. */
export interface Line {
  /** Where it is, in the words and in the pointer of an error: `["items", "3"]`, `["line 4"]`. */
  readonly at: readonly [string, ...string[]];
  readonly value?: unknown;
  readonly fault?: string;
}

/** What is in a body of members. */
export interface LinesAsked {
  /** The field of a JSON body. */
  readonly field: "items" | "members";
  /** Whether members can be removed. */
  readonly removals: boolean;
}
