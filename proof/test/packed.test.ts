import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bytesOf, packAll, unpack, type Packed } from "../src/pack.ts";
import { published, root } from "../src/packages.ts";
import { compile } from "../src/compile.ts";
import { run } from "../src/run.ts";

const here = await mkdtemp(join(tmpdir(), "mesibo-proof-"));
let packed: readonly Packed[] = [];

beforeAll(async () => {
  packed = await packAll(here);
  for (const { name, tarball } of packed) await unpack(tarball, join(here, "unpacked", name));
}, 120_000);
afterAll(() => rm(here, { recursive: true, force: true }));

const tarballOf = (name: string): string => packed.find((one) => one.name === name)?.tarball ?? "";
const unpacked = (name: string, ...path: readonly string[]): string => join(here, "unpacked", name, ...path);

interface Manifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
}
const manifestOf = async (name: string): Promise<Manifest> =>
  JSON.parse(await readFile(unpacked(name, "package.json"), "utf8")) as Manifest;

describe.each(published)("$name, packed", ({ name, folder, budget }) => {
  test("has nothing that publint objects to", async () => {
    const { messages, pkg } = await publint({ pack: { tarball: (await bytesOf(tarballOf(name))).buffer } });

    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  test("has types that resolve wherever ES modules do", async () => {
    const result = await checkPackage(createPackageFromTarballData(await bytesOf(tarballOf(name))));

    // Only ES modules are published: what CommonJS and the resolution of Node 10 find is no promise.
    const problems = (result.types === false ? [] : result.problems).filter(
      (problem) =>
        !("resolutionKind" in problem && ["node10", "node16-cjs"].includes(problem.resolutionKind)),
    );
    expect(problems).toEqual([]);
  });

  test(`weighs at most ${budget.tarballKiB} KiB`, async () => {
    expect((await stat(tarballOf(name))).size / 1_024).toBeLessThanOrEqual(budget.tarballKiB);
  });

  test("brings in what it says, in versions that a registry can have", async () => {
    const { dependencies = {} } = await manifestOf(name);

    expect(Object.keys(dependencies)).toEqual(budget.dependencies);
    expect(Object.values(dependencies).filter((range) => !/^[\^~]?\d/.test(range))).toEqual([]);
  });

  test("holds a licence, a README, and no test", async () => {
    const files = await readdir(unpacked(name), { recursive: true });

    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json"]));
    expect(
      files.filter((file) => /(^|\/)(test|node_modules|coverage)(\/|$)|\.test\.|\.env/.test(file)),
    ).toEqual([]);
  });

  test("names what is bundled into it, with its licence", async () => {
    const notices = await readFile(unpacked(name, "dist", "THIRD-PARTY-NOTICES.txt"), "utf8");

    expect(notices).toMatch(/^zod \d+\.\d+\.\d+, MIT\n\nMIT License/m);
    expect(notices).not.toContain("undefined");
  });

  test("has a README whose links lead to files, of the tarball or of this repository", async () => {
    const text = await readFile(unpacked(name, "README.md"), "utf8");
    const links = [...text.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, link = ""]) => link);

    const dead = links.filter(
      (link) =>
        !/^https?:/.test(link) && !existsSync(unpacked(name, link)) && !existsSync(join(root, folder, link)),
    );
    expect(dead).toEqual([]);
  });

  test("has source maps that lead to files that are there", async () => {
    const files = await readdir(unpacked(name), { recursive: true });
    const maps = files.filter((file) => file.endsWith(".map"));
    const lost: string[] = [];
    for (const map of maps) {
      const { sources, sourcesContent } = JSON.parse(await readFile(unpacked(name, map), "utf8")) as {
        readonly sources: readonly string[];
        readonly sourcesContent?: readonly unknown[];
      };
      if (sourcesContent !== undefined) continue;
      lost.push(...sources.filter((source) => !files.includes(join(dirname(map), source))));
    }
    expect(lost).toEqual([]);
  });
});

const bins = published.flatMap(({ name, bin }) => (bin === undefined ? [] : [{ name, bin }]));

describe.each(bins)("$bin, unpacked with nothing else installed", ({ name, bin }) => {
  test("tells its version and its help", async () => {
    const { version, bin: files } = await manifestOf(name);
    const file = unpacked(name, files?.[bin] ?? "");

    const told = await run({ file: process.execPath, args: [file, "--version"], cwd: here });
    const help = await run({ file: process.execPath, args: [file, "--help"], cwd: here });

    expect(told).toMatchObject({ ok: true, stdout: `${version}\n` });
    expect(help).toMatchObject({ ok: true, stdout: expect.stringMatching(`^${bin}: `) as string });
    expect((await stat(file)).mode & 0o111).toBe(0o111);
  }, 30_000);
});

test("what a user writes against them compiles, in both ways in which modules are found", async () => {
  const consumer = join(root, "proof", "node_modules", ".consumer");
  await rm(consumer, { recursive: true, force: true });
  for (const { name, tarball } of packed) await unpack(tarball, join(consumer, "node_modules", name));

  expect(await compile({ typescript: join(root, "node_modules", "typescript"), folder: consumer })).toEqual({
    nodenext: "",
    bundler: "",
  });
}, 60_000);
