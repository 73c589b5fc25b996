import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chown, mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { makeOwnFolder } from "../src/desk/own-folder.ts";

const source = new URL("../src/desk/own-folder.ts", import.meta.url).href;

/** An empty folder that all files of this test are in. */
async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mesibo-left-"));
  vi.stubEnv("TMPDIR", folder);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  return folder;
}

/** A process that has made a folder with a file in it, and goes on. */
async function maker(): Promise<{ readonly child: ChildProcess; readonly folder: string }> {
  const code = `const { makeOwnFolder } = await import(${JSON.stringify(source)});
    process.stdout.write(await makeOwnFolder());
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [folder]: readonly unknown[] = await once(child.stdout, "data");
  await writeFile(join(String(folder), "draft.jsonc"), "{}");
  return { child, folder: String(folder) };
}

async function killed(): Promise<string> {
  const { child, folder } = await maker();
  child.kill("SIGKILL");
  await once(child, "exit");
  return basename(folder);
}

test("what a killed process left behind goes when the next folder is made, and what others use stays", async () => {
  const within = await temporary();
  const left = await killed();
  expect(await readdir(within)).toEqual([left]);
  const { folder: used } = await maker();
  expect(await readdir(within)).toEqual([basename(used)]);

  const linked = await killed();
  const others = ["mesibo-groups-notes", "elsewhere", linked.replace(/-\d+-/, "-x-")];
  for (const name of others) await mkdir(join(within, name));
  await rm(join(within, linked), { recursive: true });
  await symlink(join(within, "elsewhere"), join(within, linked));
  const own = await makeOwnFolder();
  expect((await readdir(within)).toSorted()).toEqual(
    [basename(own), basename(used), linked, ...others].toSorted(),
  );
});

test.runIf(process.getuid?.() === 0)("what somebody else has left stays", async () => {
  const within = await temporary();
  const left = await killed();
  await chown(join(within, left), 65_534, 65_534);
  const own = await makeOwnFolder();
  expect((await readdir(within)).toSorted()).toEqual([left, basename(own)].toSorted());
});

test("what a process of another machine has left stays", async () => {
  const within = await temporary();
  const left = await killed();
  const foreign = left.replace(/^mesibo-groups-/, "mesibo-groups-other.");
  await rename(join(within, left), join(within, foreign));
  const own = await makeOwnFolder();
  expect((await readdir(within)).toSorted()).toEqual([foreign, basename(own)].toSorted());
});
