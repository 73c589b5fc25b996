import { DataFileError } from "./errors.ts";

/** "msib" in ASCII: tells our files from other SQLite databases. */
export const APPLICATION_ID = 0x6d_73_69_62;

/** The version of the tables. A newer one is refused. */
export const VERSION = 1;

const MAGIC = "SQLite format 3\0";
const HEADER_BYTES = 100;
const VERSION_AT = 60;
const APPLICATION_ID_AT = 68;

/** The first bytes of a file; nothing for one that is empty or not there. */
function headerOf(file: string): Buffer {
  const { closeSync, openSync, readSync } = process.getBuiltinModule("node:fs");
  // Made here where it is not there, since its rows name app tokens: nobody else may read them.
  const descriptor = openSync(file, "a+", 0o600);
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    return header.subarray(0, readSync(descriptor, header, 0, HEADER_BYTES, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** Refuses a file that is not ours, before SQLite could change it. True for an empty one. */
export function inspectHeader(file: string): boolean {
  let header: Buffer;
  try {
    header = headerOf(file);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new DataFileError("unusable", `--data ${file} cannot be opened: ${words}.`);
  }
  if (header.length === 0) return true;
  const ours =
    header.length === HEADER_BYTES &&
    header.toString("latin1", 0, MAGIC.length) === MAGIC &&
    header.readUInt32BE(APPLICATION_ID_AT) === APPLICATION_ID;
  if (!ours)
    throw new DataFileError("foreign", `--data ${file} is no file of mesibo-mock, and stays as it is.`);
  const version = header.readUInt32BE(VERSION_AT);
  if (version > VERSION) {
    const message = `--data ${file} has version ${version}, and this mesibo-mock reads up to ${VERSION}; use a newer one.`;
    throw new DataFileError("newer", message);
  }
  return false;
}
