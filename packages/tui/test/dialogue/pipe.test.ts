import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { bin } from "../support/bin.ts";

/** Runs the built program with these answers in a pipe. */
function talk(
  args: readonly string[],
  answers: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const home = mkdtempSync(join(tmpdir(), "mesibo-talk-"));
  onTestFinished(() => rmSync(home, { recursive: true }));
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const own = { HOME: home, XDG_CONFIG_HOME: home, XDG_STATE_HOME: home, XDG_CACHE_HOME: home, ...env };
    const child = execFile(process.execPath, [bin, ...args], { env: own }, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
    });
    child.stdin?.end(answers.map((answer) => `${answer}\n`).join(""));
  });
}

test("the built program holds a conversation in a pipe, and ends at the end of its input", async () => {
  const { code, out, err } = await talk(["--screen-reader"], ["n", "1", "Ops", "9", "back"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain(
    "mesibo-groups, as a conversation. Say ? for help, quit to leave.\nGroups.\n4 of 4 groups",
  );
  expect(out).toContain("Done: ");
  expect(out).toContain("5. Ops, gid 102533;");
  // oxlint-disable-next-line no-control-regex
  expect(out).not.toMatch(/[\u001b\u2500-\u257f]/);
});

test("INK_SCREEN_READER=true does the same as the option", async () => {
  const { code, out } = await talk([], ["quit"], { INK_SCREEN_READER: "true" });
  expect([code, out.split("\n")[0]]).toEqual([
    0,
    "mesibo-groups, as a conversation. Say ? for help, quit to leave.",
  ]);
});

test("a profile that is none is told in one line", async () => {
  const { code, out, err } = await talk(["--screen-reader", "--profile", "nowhere"], ["quit"]);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toMatch(/^mesibo-groups: .*nowhere.*\n$/);
});
