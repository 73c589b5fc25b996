import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, realpath, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { codeOf, codeWord, isMissing } from "../file-words.ts";
import { ProfileError } from "./errors.ts";

/** A file's text, or undefined where there is none. */
export async function readOptional(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new ProfileError({
      source: path,
      fault: `cannot be read (${codeWord(error)}).`,
      next: "Check who may read it.",
    });
  }
}

const MAX_SECRET_BYTES = 65_536;

/** The text of a file that only its owner may read; anybody else's access makes it refused, as ssh does. */
export async function readSecretFile(path: string, source: string): Promise<string> {
  const handle = await open(path).catch((error: unknown) => {
    const next = isMissing(error) ? "Create it with the token in it, mode 0600." : "Check who may read it.";
    throw new ProfileError({ source, fault: `${path} cannot be read (${codeWord(error)}).`, next });
  });
  try {
    // The open file is examined, not the path: what was checked is what is read.
    const stats = await handle.stat();
    if (!stats.isFile()) {
      throw new ProfileError({
        source,
        fault: `${path} is not a file.`,
        next: "Name the file that holds the token.",
      });
    }
    const mode = stats.mode & 0o777;
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      const shown = mode.toString(8).padStart(4, "0");
      throw new ProfileError({
        source,
        fault: `${path} has mode ${shown}, so others may read it; it must be 0600.`,
        next: `Run: chmod 600 ${path}`,
      });
    }
    if (stats.size > MAX_SECRET_BYTES) {
      throw new ProfileError({
        source,
        fault: `${path} is too large to be a token.`,
        next: "Name another file.",
      });
    }
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

// Not Node's own way with `recursive`: where the system says that a folder is missing which is there, as in /proc,
// that tries for ever.
async function makeFolder(path: string): Promise<void> {
  const make = (): Promise<void> =>
    mkdir(path, { mode: 0o700 }).catch((error: unknown) => {
      if (codeOf(error) !== "EEXIST") throw error;
    });
  const parent = dirname(path);
  await make().catch(async (error: unknown) => {
    if (codeOf(error) !== "ENOENT" || parent === path) throw error;
    await makeFolder(parent);
    await make();
  });
}

/** Writes a private file whole or not at all; a link stays one, missing folders are made private. */
export async function writePrivate(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const temporary = `${target}.${randomUUID()}.tmp`;
  try {
    await makeFolder(dirname(target));
    const handle = await open(temporary, "wx", 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new ProfileError({
      source: path,
      fault: `cannot be written (${codeWord(error)}).`,
      next: "Check that there can be such a folder, and who may write there.",
    });
  }
}
