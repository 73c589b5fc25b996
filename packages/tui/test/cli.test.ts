import { spawn } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { bin, isBuilt } from "./support/bin.ts";

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, [bin, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  return new Promise((resolve) => {
    child.on("close", (code) => resolve({ code, out, err }));
  });
}

const tutorialText = readFileSync(new URL("frames/tutorial.txt", import.meta.url), "utf8");

test("the program is built, executable, and starts with a hash-bang", () => {
  expect(isBuilt(), "dist/cli.js is missing: run the build first").toBe(true);
  accessSync(bin, constants.X_OK);
  expect(readFileSync(bin, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
});

test("without a terminal it prints the tutorial and nothing else, with or without colours asked for", async () => {
  expect(await run([])).toEqual({ code: 0, out: tutorialText, err: "" });
  expect(await run([], { FORCE_COLOR: "3" })).toEqual({ code: 0, out: tutorialText, err: "" });
});

test("a reader that has seen enough is no failure", async () => {
  const script = `"$0" "$1" | head -n 1; echo "code \${PIPESTATUS[0]}"`;
  const child = spawn("bash", ["-c", script, process.execPath, bin], { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  await new Promise((resolve) => child.on("close", resolve));
  expect({ out, err }).toEqual({ out: "mesibo-groups: the group tutorial\ncode 0\n", err: "" });
});

test("a wrong flag is one clear line and exit code 2", async () => {
  expect(await run(["--colour"])).toEqual({
    code: 2,
    out: "",
    err: "mesibo-groups: Unknown option '--colour'. See --help.\n",
  });
  expect(await run(["groups"])).toEqual({
    code: 2,
    out: "",
    err: "mesibo-groups: Unexpected argument 'groups'. See --help.\n",
  });
});

test("--version prints the version and --help every flag", async () => {
  const { version } = JSON.parse(
    readFileSync(fileURLToPath(new URL("../package.json", import.meta.url)), "utf8"),
  ) as { version: string };
  expect(await run(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
  const { code, out, err } = await run(["--help"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  for (const flag of ["--ascii", "--version", "--help", "NO_COLOR"]) expect(out).toContain(flag);
});

test("nothing of Ink or React is loaded until a terminal is there", () => {
  const dist = fileURLToPath(new URL("../dist/", import.meta.url));
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const source = readFileSync(`${dist}${file}`, "utf8");
    // Static imports only: the screens are behind an `import()`.
    for (const [, next = ""] of source.matchAll(/^(?:import|export)[^;(]*?from\s*"\.\/([^"]+)"/gm))
      visit(next);
  };
  visit("cli.js");
  const loaded = [...seen].map((file) => readFileSync(`${dist}${file}`, "utf8")).join("\n");
  expect(loaded).toContain("the group tutorial");
  expect(loaded).not.toMatch(/react-reconciler|yoga|react\.transitional\.element/);
});
