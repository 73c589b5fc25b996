import { open, rm, stat } from "node:fs/promises";
import { codeOf, codeWord } from "../file-words.ts";
import { ProfileError } from "../profile/errors.ts";

/** Milliseconds after which whoever holds a lock was killed: nobody sends anything while holding one. */
const LONGEST_MS = 10_000;

async function take(lock: string): Promise<boolean> {
  try {
    await (await open(lock, "wx", 0o600)).close();
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    const next = "Check who may write there.";
    throw new ProfileError({ source: lock, fault: `cannot be written (${codeWord(error)}).`, next });
  }
}

async function isLeft(lock: string): Promise<boolean> {
  const found = await stat(lock).catch(() => undefined);
  return found === undefined || Math.abs(Date.now() - found.mtimeMs) > LONGEST_MS;
}

/** Runs work that one program at a time may do, by a file; undefined where another one is at it. Rejects with `ProfileError` where there can be no such file. */
export async function alone<T>(lock: string, work: () => Promise<T>): Promise<T | undefined> {
  if (!(await take(lock))) {
    if (!(await isLeft(lock))) return undefined;
    await rm(lock, { force: true });
    if (!(await take(lock))) return undefined;
  }
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}
