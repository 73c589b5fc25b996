import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { loadFiles } from "../../src/profile/load.ts";
import { resolve, type Flags, type Resolved } from "../../src/profile/resolve.ts";
import type { Surroundings } from "../../src/profile/surroundings.ts";

/** A home folder of its own, removed after the test. */
export interface Home {
  readonly around: Surroundings;
  readonly config: string;
  readonly write: (path: string, text: string, mode?: number) => Promise<string>;
  readonly with: (env: Record<string, string>, stdin?: string) => Surroundings;
}

/** Makes a home folder with what config.json is to hold. */
export async function home(config?: unknown): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), "mesibo-groups-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const cwd = join(folder, "work", "repository");
  await mkdir(cwd, { recursive: true });
  const surroundings = (env: Record<string, string>, stdin = ""): Surroundings => ({
    env: { PATH: process.env["PATH"], ...env },
    cwd,
    home: folder,
    readStdin: () => Promise.resolve(stdin),
  });
  const write = async (path: string, text: string, mode = 0o600): Promise<string> => {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
    await chmod(target, mode);
    return target;
  };
  const path = join(folder, ".config", "mesibo-groups", "config.json");
  if (config !== undefined) {
    await write(
      ".config/mesibo-groups/config.json",
      typeof config === "string" ? config : JSON.stringify(config),
    );
  }
  return { around: surroundings({}), config: path, write, with: surroundings };
}

/** Reads the files and resolves, as a front does. */
export async function resolved(around: Surroundings, flags: Flags = {}): Promise<Resolved> {
  return resolve({ around, flags, files: await loadFiles(around) });
}
