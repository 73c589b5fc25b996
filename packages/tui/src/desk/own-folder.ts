import { lstat, mkdtemp, readdir, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { codeOf } from "../file-words.ts";

// A process of another machine, or of a container, that shares the folder has a number of its own.
const OURS = `mesibo-groups-${encodeURIComponent(hostname())}-`;

/** The process that made a folder of ours, by the folder's name; undefined for any other name. */
function makerOf(name: string): number | undefined {
  const [, pid] = name.startsWith(OURS) ? (/^(\d+)-\w{6}$/.exec(name.slice(OURS.length)) ?? []) : [];
  return pid === undefined ? undefined : Number(pid);
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // One that may not be asked is there.
    return codeOf(error) === "ESRCH";
  }
}

/** Whether a path is a folder of this user's, and no link to one. */
async function isOwn(path: string): Promise<boolean> {
  const found = await lstat(path);
  return found.isDirectory() && found.uid === (process.getuid?.() ?? found.uid);
}

async function removeLeft(within: string, name: string): Promise<void> {
  const pid = makerOf(name);
  if (pid === undefined || !isGone(pid)) return;
  const path = join(within, name);
  if (await isOwn(path)) await rm(path, { recursive: true, force: true });
}

/** Takes away what processes of this user left behind that could not do it themselves any more. */
async function removeAllLeft(within: string): Promise<void> {
  try {
    for (const name of await readdir(within)) await removeLeft(within, name);
  } catch (error) {
    // Another process may be about it at the same time, and nobody waits for this: the next one goes on.
    if (codeOf(error) === undefined) throw error;
  }
}

/** Makes a folder that its owner alone may look into. What killed processes have left of these goes first. */
export async function makeOwnFolder(): Promise<string> {
  const within = tmpdir();
  await removeAllLeft(within);
  return mkdtemp(join(within, `${OURS}${process.pid}-`));
}
