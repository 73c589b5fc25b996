/** Why a data file is not taken. */
export type DataFileFault = "foreign" | "newer" | "damaged" | "busy" | "unusable";

/**
 * A data file is refused, and left as it is.
 *
 * @example
 * ```ts
 * import { DataFileError } from "@mesibo-groups/mock-server";
 *
 * const error = new DataFileError("newer", "data.db was written by a newer mesibo-mock.");
 * console.assert(error instanceof Error && error.kind === "newer");
 * ```
 */
export class DataFileError extends Error {
  override readonly name = "DataFileError";
  readonly kind: DataFileFault;

  constructor(kind: DataFileFault, message: string) {
    super(message);
    this.kind = kind;
  }
}
