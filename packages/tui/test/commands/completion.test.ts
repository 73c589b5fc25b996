import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { runOn } from "./support.ts";

/** What bash offers for the words typed so far; the last one is being typed. */
async function offered(...words: readonly string[]): Promise<readonly string[]> {
  const { out } = await runOn(["completion", "bash"]);
  const script = `${out}\nCOMP_WORDS=("$@")\nCOMP_CWORD=$(($# - 1))\n_mesibo_groups\nprintf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", script, "bash", "mesibo-groups", ...words], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

test("bash completes nouns, verbs, options and choices", async () => {
  expect(await offered("")).toEqual(
    expect.arrayContaining(["groups", "members", "flags", "simulate", "--help"]),
  );
  expect(await offered("me")).toEqual(["members"]);
  expect(await offered("groups", "")).toEqual([
    "list",
    "show",
    "create",
    "edit",
    "delete",
    "clone",
    "diff",
    "plan",
    "apply",
  ]);
  expect(await offered("groups", "delete", "--c")).toEqual(["--confirm"]);
  expect(await offered("groups", "create", "A", "--send", "")).toEqual(["members", "selected", "anyone"]);
  expect(await offered("groups", "create", "A", "--no-s")).toEqual(["--no-store"]);
});
