import { spawn, type ChildProcess } from "node:child_process";
import { accessSync, constants, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { demoSeed, startMock } from "@mesibo-groups/mock-server";
import { expect, onTestFinished, test } from "vitest";
import { bin, isBuilt } from "./support/bin.ts";

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  started?: (child: ChildProcess) => void,
): Promise<Ended> {
  const child = spawn(process.execPath, [bin, ...args], {
    stdio: [started === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  started?.(child);
  let out = "";
  let err = "";
  child.stdout?.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()));
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

test("a change goes on and ends as it does where nobody reads what is said beside the data", async () => {
  const ended = await run(
    ["groups", "edit", "102529", "--name", "Read by nobody"],
    {},
    ({ stderr, stdin }) => {
      stderr?.destroy();
      stdin?.end();
    },
  );
  expect(ended).toEqual({ code: 0, out: expect.stringContaining("Read by nobody"), err: "" });
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

test("output that cannot be written is one clear line, and no stack", async () => {
  const script = `"$0" "$1" groups create Lost > /dev/full; echo "code $?"`;
  const child = spawn("bash", ["-c", script, process.execPath, bin], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  await new Promise((resolve) => child.on("close", resolve));
  expect(said).toContain("mesibo-groups: the output could not be written (ENOSPC). What was done is done.\n");
  expect(said).toContain("code 5\n");
  expect(said).not.toContain("    at ");
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
    err: "mesibo-groups: groups needs one of list, show, create, edit, delete, clone, diff, plan, apply. See groups --help.\n",
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

test("a command of the built program works on the mock inside it", async () => {
  const { code, out, err } = await run(["groups", "create", "Launch", "--json"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(JSON.parse(out)).toEqual({ v: 1, gid: 102533, name: "Launch", flag: 0, members: [] });
});

test("commands of the built program share a mock over HTTP, in both dialects", async () => {
  const mock = await startMock({ tokens: ["canary-token-1c9a"], seed: demoSeed });
  const env = { MESIBO_URL: mock.url, MESIBO_APP_TOKEN: "canary-token-1c9a" };
  const created = await run(["groups", "create", "Launch"], { ...env, MESIBO_DIALECT: "form" });
  const listed = await run(["groups", "list", "--name", "launch"], env);
  const doctor = await run(["doctor", "--call"], env);
  await mock.close();
  expect(created).toEqual({ code: 0, out: "created 102533 Launch, flag 0\n", err: "" });
  expect(listed.out).toMatch(/^gid +name +flag +active +expiry\n102533 +Launch +0 0x0 +yes +\d+ s\n$/);
  expect(doctor).toMatchObject({ code: 0, err: "" });
  expect(doctor.out).toContain("set (17 chars, ");
  expect(doctor.out).not.toContain("canary");
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("a command that is stopped by %s says how far it came and exits %i", async (signal, code) => {
  let stop: (signal: NodeJS.Signals) => void = () => undefined;
  // The request has arrived and is never answered: whoever stops now cannot know.
  const server = createServer(() => stop(signal));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const state = mkdtempSync(join(tmpdir(), "mesibo-state-"));
  onTestFinished(() => rmSync(state, { recursive: true }));
  const ended = run(
    ["groups", "create", "A"],
    {
      MESIBO_URL: `http://127.0.0.1:${port}/`,
      MESIBO_APP_TOKEN: "canary-token-1c9a",
      XDG_STATE_HOME: state,
    },
    (child) => {
      stop = (name) => child.kill(name);
    },
  );
  const { out, ...told } = await ended;
  expect(out).toMatch(/^op_[0-9A-Z]{26}\n$/);
  expect(told).toEqual({
    code,
    err: `mesibo-groups: groupadd: sent, but no usable answer (aborted); it may have happened. Look before you repeat it. See ops show ${out.trim()}.\n`,
  });
  server.closeAllConnections();
  server.close();
});

test("a command reads a list from stdin", async () => {
  const ended = run(
    ["members", "sync", "--gid", "102531", "-", "--allow-removals", "--json"],
    {},
    (child) => {
      child.stdin?.end("alice@example.com\nbob@example.com\n");
    },
  );
  const { code, out } = await ended;
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ v: 1, gid: 102531, refused: [], unknown: [], not_sent: [] });
});

test("mock start serves until it is stopped, and its one line is a document", async () => {
  let child: ChildProcess | undefined;
  let seen = "";
  const line = new Promise<string>((resolve) => {
    const args = ["mock", "start", "--port", "0", "--seed", "demo", "--json"];
    child = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "pipe", "inherit"] });
    child.stdout?.on("data", (chunk: Buffer) => {
      seen += chunk.toString();
      resolve(seen);
    });
  });
  const { v, url, token } = JSON.parse(await line) as { v: number; url: string; token: string };
  const listed = await run(["groups", "list", "--ndjson"], { MESIBO_URL: url, MESIBO_APP_TOKEN: token });
  const ended = new Promise((resolve) => child?.on("close", resolve));
  child?.kill("SIGTERM");
  expect({ v, groups: listed.out.trimEnd().split("\n").length, code: await ended }).toEqual({
    v: 1,
    groups: 4,
    code: 143,
  });
  expect(seen.trimEnd().split("\n")).toHaveLength(1);
});
