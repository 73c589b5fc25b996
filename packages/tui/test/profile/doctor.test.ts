import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { doctorText } from "../../src/profile/doctor-text.ts";
import { doctor } from "../../src/profile/doctor.ts";
import { editConfig } from "../../src/profile/edit.ts";
import { acknowledgeNotice } from "../../src/profile/notice.ts";
import { home, resolved } from "./support.ts";

const terminal = { isTerminal: true, columns: 100, rows: 30, nodeVersion: "v24.0.0" };
const canary = "canary0123456789canary";

test("doctor lists each value with its origin and describes the secret", async () => {
  const {
    around,
    write,
    with: env,
  } = await home({
    version: 1,
    default: "work",
    profiles: { work: { kind: "mesibo", token_file: "~/token", danger: true } },
  });
  await write("token", canary);
  const config = join(around.home, ".config/mesibo-groups/config.json");
  const checks = await doctor({ around: env({ TERM: "xterm", LANG: "C.UTF-8" }), flags: {}, terminal });
  expect(checks).toContainEqual({ name: "danger", value: "true", origin: config, state: "ok" });
  expect(checks).toContainEqual({
    name: "credential",
    value: expect.stringMatching(/^set \(22 chars, sha256:[0-9a-f]{4}…\)$/),
    origin: "token_file",
    state: "ok",
  });
  expect(checks).toContainEqual({ name: "config file", value: "mode 0600", origin: config, state: "ok" });
  expect(checks.filter(({ state }) => state === "wrong")).toEqual([]);
});

test("doctor still answers where the file is wrong, and says what to do", async () => {
  const { around } = await home("{");
  const text = doctorText(
    await doctor({ around, flags: {}, terminal: { ...terminal, nodeVersion: "v20.1.0" } }),
  );
  expect(text).toMatch(/WRONG {2}configuration {2}not usable/);
  expect(text).toContain("-> Install Node.js 22.12 or later.");
});

test("the token is in no doctor output, error or written file", async () => {
  const leak = [
    process.execPath,
    "-e",
    `console.log("${canary} x"); console.error("${canary}"); process.exit(1)`,
  ];
  const profiles = {
    command: { kind: "mesibo", token_command: leak },
    open: { kind: "mesibo", token_file: "~/open" },
    broken: { kind: "mesibo", token_file: "~/broken" },
    good: { kind: "mesibo", token_file: "~/good" },
  };
  const { write, with: env, around, config } = await home({ version: 1, profiles });
  await write("open", canary, 0o644);
  await write("broken", `${canary} ${canary}`);
  await write("good", canary);
  let said = "";
  for (const profile of [...Object.keys(profiles), "environment", undefined]) {
    const surroundings = env({ MESIBO_APP_TOKEN: canary }, `${canary} ${canary}`);
    for (const tokenStdin of [false, true]) {
      const checks = await doctor({ around: surroundings, flags: { profile, tokenStdin }, terminal });
      said += JSON.stringify(checks) + doctorText(checks);
    }
  }
  expect(said).not.toContain("canary0");
  await acknowledgeNotice({ around, resolved: await resolved(around, { profile: "good" }) });
  await editConfig({ kind: "remove", name: "command" }, around);
  const state = join(around.home, ".local/state/mesibo-groups/notices");
  const written = [config, ...(await readdir(state)).map((file) => join(state, file))];
  for (const path of written) expect(await readFile(path, "utf8")).not.toContain("canary0");
});
