/** Rows that one list may have. */
export const MAX_ROWS = 100_000;

/** Characters that one list may have: 160 for each of its rows. */
export const MAX_CHARACTERS = 16_000_000;

/** A list that cannot be read as a whole. */
export class BulkReadError extends Error {
  override readonly name = "BulkReadError";
  /** The line at fault, where there is one. */
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    super(line === undefined ? message : `Line ${line}: ${message}`);
    this.line = line;
  }
}

/** The error of a list with too many rows. */
export const tooManyRows = (): BulkReadError =>
  new BulkReadError(
    `The list has more than ${MAX_ROWS.toLocaleString("en")} rows, the limit. Split it, and add the parts one after the other.`,
  );
