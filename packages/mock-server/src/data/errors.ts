/** Why a data file is not taken. */
export type DataFileFault = "foreign" | "newer" | "damaged" | "busy" | "unusable";

/** A data file is refused, and left as it is. */
export class DataFileError extends Error {
  override readonly name = "DataFileError";
  readonly kind: DataFileFault;

  constructor(kind: DataFileFault, message: string) {
    super(message);
    this.kind = kind;
  }
}
