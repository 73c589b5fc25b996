import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { demoSeed, startMock, type RunningMock } from "@mesibo-groups/mock-server";
import { afterAll, beforeAll, expect, test } from "vitest";

const bin = createRequire(import.meta.url).resolve("@mesibo-groups/tui/dist/cli.js");
const file = fileURLToPath(new URL("groups.yaml", import.meta.url));

let mock: RunningMock;
beforeAll(async () => {
  mock = await startMock({ seed: demoSeed });
});
afterAll(() => mock.close());

/** Runs `mesibo-groups groups <verb> -f groups.yaml`, as a pipeline would. */
function groups(
  verb: "plan" | "apply",
  ...flags: readonly string[]
): Promise<{ code: number | null; out: string }> {
  const env = { ...process.env, MESIBO_APP_TOKEN: mock.token, MESIBO_URL: mock.url };
  const child = spawn(process.execPath, [bin, "groups", verb, "-f", file, ...flags], { env });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out })));
}

test("plan says what would change and ends with 10, apply changes it, and then plan ends with 0", async () => {
  const planned = await groups("plan");
  expect(planned).toEqual({
    code: 10,
    out: [
      "+ Announcements: flag 1 send-selected",
      "    + alice@example.com: send receive list",
      "    + bob@example.com: receive",
      "1 group to change, 0 as wanted",
      "",
    ].join("\n"),
  });

  expect((await groups("apply")).code).toBe(0);
  expect(mock.world().groups().at(-1)).toMatchObject({
    name: "Announcements",
    members: [{ address: "alice@example.com" }, { address: "bob@example.com" }],
  });

  expect((await groups("plan")).code).toBe(0);
});
