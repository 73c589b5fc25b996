import { open, readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { MAX_CHARACTERS } from "./bulk/limits.ts";
import type { FileRead, FileSaved } from "./state/events.ts";

/** Names that are tried before writing is given up. */
const MAX_NAMES = 100;

const words = new Map([
  ["ENOENT", "there is no such file"],
  ["ENOTDIR", "there is no such file"],
  ["EACCES", "you may not do that"],
  ["EPERM", "you may not do that"],
  ["EROFS", "the disk is read-only"],
  ["ENOSPC", "the disk is full"],
  ["ENAMETOOLONG", "the name is too long"],
]);

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;

/** What the system says, in words. What is no error of the system is a mistake of ours and is thrown on. */
function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === undefined) throw error;
  return words.get(code) ?? code;
}

const fail = (reason: string): { readonly ok: false; readonly reason: string } => ({ ok: false, reason });

/** A path as a shell would take it, from a directory. */
const pathFrom = (directory: string, path: string): string =>
  resolve(directory, path.replace(/^~(?=\/|$)/, homedir()));

/** The text of a list in a file. A path may begin with `~/`, and is read from the directory else. */
export async function readListFile(path: string, directory: string): Promise<FileRead> {
  const full = pathFrom(directory, path);
  try {
    const facts = await stat(full);
    // A device or a pipe may never end.
    if (!facts.isFile()) return fail(`${path} is no file. Name a CSV or text file.`);
    if (facts.size > MAX_CHARACTERS) {
      return fail(
        `${path} has ${facts.size.toLocaleString("en")} bytes, over the limit of ${MAX_CHARACTERS.toLocaleString("en")}. Split it, and add the parts one after the other.`,
      );
    }
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(full));
    return text.includes("\0") ? fail(noText(path)) : { ok: true, text };
  } catch (error) {
    if (codeOf(error) === "ERR_ENCODING_INVALID_ENCODED_DATA") return fail(noText(path));
    return fail(`${path} cannot be read: ${reasonOf(error)}.`);
  }
}

const noText = (path: string): string =>
  `${path} is no text in UTF-8. Save it as CSV in UTF-8 and name it again.`;

/** Where a new file goes. */
export interface NewFile {
  readonly directory: string;
  /** Without its ending. */
  readonly name: string;
  readonly text: string;
}

/** Writes a CSV file that only its owner may read, under a name that no file has yet. */
export async function saveNewCsv({ directory, name, text }: NewFile): Promise<FileSaved> {
  for (let number = 1; number <= MAX_NAMES; number += 1) {
    const path = resolve(directory, `${name}${number === 1 ? "" : `-${number}`}.csv`);
    try {
      const file = await open(path, "wx", 0o600);
      try {
        await file.writeFile(text);
      } finally {
        await file.close();
      }
      return { ok: true, path };
    } catch (error) {
      if (codeOf(error) !== "EEXIST")
        return fail(`Nothing could be written into ${directory}: ${reasonOf(error)}.`);
    }
  }
  return fail(`There are ${MAX_NAMES} files ${name}*.csv in ${directory} already. Move some of them away.`);
}
