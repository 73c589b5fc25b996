import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";

const packageFolder = fileURLToPath(new URL("../..", import.meta.url));
const vitest = fileURLToPath(new URL("vitest.mjs", import.meta.resolve("vitest/package.json")));

const run = (args: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    execFile(process.execPath, [vitest, ...args], { cwd: packageFolder }, (_, stdout, stderr) => {
      resolve(stdout + stderr);
    });
  });

test("a failed test says what its mock was asked, past its world too; one that is to fail says nothing", async () => {
  const printed = await run(["run", "--config", "test/vitest/failing.config.ts"]);
  const lines = stripVTControlCharacters(printed).split("\n");
  const from = lines.findIndex((line) => line.startsWith("Requests to the mock mesibo"));
  expect(lines.slice(from, from + 6)).toEqual([
    "Requests to the mock mesibo: 1",
    "  1. groupadd was done.",
    "Requests with another token: 1",
    "  1. groupsget was done.",
    "Requests that reached no world: 1",
    expect.stringContaining("  1. groupdel was refused with AUTHFAIL"),
  ]);
  expect(printed.split("Requests to the mock mesibo")).toHaveLength(2);
});
