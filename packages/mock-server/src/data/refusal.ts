import { DataFileError, type DataFileFault } from "./errors.ts";

// SQLite's primary result codes (sqlite.org/rescode.html). What is not here is damage.
const faults: ReadonlyMap<number, DataFileFault> = new Map([
  [3, "unusable"], // PERM
  [5, "busy"], // BUSY
  [6, "busy"], // LOCKED
  [8, "unusable"], // READONLY
  [10, "unusable"], // IOERR
  [13, "unusable"], // FULL
  [14, "unusable"], // CANTOPEN
]);

/** Another process has the file, or had it while this one was reading. */
export class TakenError extends Error {
  override readonly name = "TakenError";
}

function faultOf(error: unknown): DataFileFault {
  if (error instanceof TakenError) return "busy";
  // By number: the words of a damaged row may hold any text.
  const code: unknown = error instanceof Error && "errcode" in error ? error.errcode : undefined;
  return (typeof code === "number" ? faults.get(code & 0xff) : undefined) ?? "damaged";
}

/** Why a file is not taken, as one sentence. */
export function refusal(file: string, error: unknown): DataFileError {
  if (error instanceof DataFileError) return error;
  const words = error instanceof Error ? error.message : String(error);
  const fault = faultOf(error);
  if (fault === "busy")
    return new DataFileError(fault, `--data ${file} is in use by another mesibo-mock; end that one first.`);
  if (fault === "unusable") return new DataFileError(fault, `--data ${file} cannot be used: ${words}.`);
  return new DataFileError(fault, `--data ${file} is damaged, and stays as it is: ${words}.`);
}
