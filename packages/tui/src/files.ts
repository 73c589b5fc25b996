import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { resolve } from "node:path";
import { MAX_CHARACTERS } from "./bulk/limits.ts";
import { codeOf, reasonOf } from "./file-words.ts";
import type { FileRead } from "./state/events.ts";

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
