import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { startMock } from "../src/index.ts";

const bin = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [bin, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let out = "";
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const firstLine = new Promise<string>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes("\n")) resolve(out);
    });
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code) => resolve({ code, out, err }));
  });
  return { child, firstLine, ended };
}

test("the bin is built", () => {
  expect(existsSync(bin), "dist/cli.js is missing: run the build first").toBe(true);
});

describe("mesibo-mock", () => {
  test("prints a URL and a token as JSON, answers there, and ends with SIGTERM", async () => {
    const { child, firstLine, ended } = start("--port", "0", "--json", "--seed", "demo");
    const { url, token } = JSON.parse(await firstLine) as { url: string; token: string };
    const answer = await fetch(`${url}?op=groupsget&token=${token}`);
    expect(await answer.json()).toMatchObject({ count: 4, result: true });
    const elsewhere = await fetch(new URL("/nowhere", url));
    expect(elsewhere.status).toBe(404);
    child.kill("SIGTERM");
    expect(await ended).toMatchObject({ code: 0, err: "" });
  });

  test("accepts only the tokens it is told, and names the first", async () => {
    const { child, firstLine, ended } = start("--port", "0", "--json", "--token", "one", "--token", "two");
    const { url, token } = JSON.parse(await firstLine) as { url: string; token: string };
    expect(token).toBe("one");
    expect(await (await fetch(`${url}?op=groupadd&token=two`)).json()).toMatchObject({ result: true });
    expect(await (await fetch(`${url}?op=groupadd&token=three`)).json()).toMatchObject({ error: "AUTHFAIL" });
    child.kill("SIGINT");
    expect((await ended).code).toBe(0);
  });

  test("says in a sentence where it answers", async () => {
    const { child, firstLine, ended } = start("--port", "0");
    expect(await firstLine).toMatch(
      /^A mock mesibo answers at http:\/\/127\.0\.0\.1:\d+\/backend\/ with the app token mock-app-token\. Ctrl\+C ends it\.\n$/,
    );
    child.kill("SIGTERM");
    await ended;
  });

  test.each([
    [["--prot", "1"], 2, /^mesibo-mock: Unknown option '--prot'.* See --help\.\n$/],
    [["--port", "70000"], 2, /^mesibo-mock: --port must be a whole number from 0 to 65535, not 70000\.\n$/],
    [["--seed", "x"], 2, /^mesibo-mock: --seed takes demo or a JSON file; x cannot be read: .*\n$/],
    [["--seed", "package.json"], 2, /^mesibo-mock: --seed package\.json: seed: Unrecognized keys: .*\n$/],
    [["--data", ""], 2, /^mesibo-mock: --data must not be empty\.\n$/],
    [["--fsync"], 2, /^mesibo-mock: --fsync needs --data\.\n$/],
    [
      ["--data", "package.json"],
      1,
      /^mesibo-mock: --data package\.json is no file of mesibo-mock, and .*\n$/,
    ],
    [
      ["--journal", "many"],
      2,
      /^mesibo-mock: --journal must be a whole number from 0 to 1000000, not many\.\n$/,
    ],
    [["--token", ""], 2, /^mesibo-mock: --token must not be empty\.\n$/],
    [["--host", ""], 2, /^mesibo-mock: --host must not be empty\.\n$/],
    [
      ["--host", "[::1]", "--port", "0"],
      1,
      /^mesibo-mock: --host \[::1\] is no address of this machine; .*\n$/,
    ],
    [["extra"], 2, /^mesibo-mock: Unexpected argument 'extra'.* See --help\.\n$/],
  ])("refuses %j in one line", async (args, code, message) => {
    const ended = await start(...args).ended;
    expect(ended).toMatchObject({ code, out: "" });
    expect(ended.err).toMatch(message);
  });

  test("names the port that is taken", async () => {
    const mock = await startMock();
    const { port } = new URL(mock.url);
    expect(await start("--port", port).ended).toEqual({
      code: 1,
      out: "",
      err: `mesibo-mock: port ${port} is taken; choose another with --port, or 0 for any free one.\n`,
    });
    await mock.close();
  });

  test("tells its version and its flags", async () => {
    expect((await start("--version").ended).out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await start("--help").ended).out).toContain("--port <n>");
  });
});
