import { writeFile } from "node:fs/promises";
import { join, parse } from "node:path";
import { codeOf, reasonOf } from "../file-words.ts";
import type { Saved } from "./desk.ts";

/** Names that are tried before giving up. */
const TRIES = 100;

/** Writes a new file in a directory, for its owner only. A name that is taken gets a number; nothing is replaced. */
export async function saveNew(
  directory: string,
  { name, text }: { readonly name: string; readonly text: string },
): Promise<Saved> {
  const { name: stem, ext } = parse(name);
  for (let number = 1; number <= TRIES; number += 1) {
    const path = join(directory, number === 1 ? name : `${stem}-${number}${ext}`);
    try {
      // `wx` fails where something is there already, a link included.
      await writeFile(path, text, { flag: "wx", mode: 0o600 });
      return { ok: true, path };
    } catch (error) {
      if (codeOf(error) === "EEXIST") continue;
      const reason = `${path} could not be written: ${reasonOf(error)}. Start the app in a directory that you may write to.`;
      return { ok: false, reason };
    }
  }
  return { ok: false, reason: `${directory} has ${TRIES} files named like ${name}; move some of them away.` };
}
