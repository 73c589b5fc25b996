import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startMock } from "@mesibo-groups/mock-server";
import { expect, onTestFinished, test } from "vitest";
import { aroundOf, homeWith, runIn } from "./support.ts";

const TOKEN = "canary-profile-token-0123456789";

/** Runs a command with the real way to a server. */
async function run(argv: readonly string[], home: string, env: NodeJS.ProcessEnv = {}, stdin = "") {
  const ended = await runIn({ ...aroundOf(env, home), readStdin: async () => stdin }, argv);
  const { out, err } = ended;
  expect(out + err).not.toContain(TOKEN);
  return ended;
}

async function mockWithToken() {
  const mock = await startMock({ tokens: [TOKEN] });
  onTestFinished(() => mock.close());
  return mock;
}

const configOf = (url: string, more: object = {}) => ({
  version: 1,
  default: "local",
  profiles: {
    local: { kind: "mock", url, token_command: [process.execPath, "-e", `console.log("${TOKEN}")`], ...more },
  },
});

test("a command asks the server of the default profile, with the token of its program", async () => {
  const mock = await mockWithToken();
  const home = homeWith(configOf(mock.url));
  expect(await run(["groups", "create", `Ops ${TOKEN}`], home)).toMatchObject({ code: 2 });
  expect(await run(["groups", "create", "Ops"], home)).toMatchObject({ code: 0, err: "" });
  expect(mock.world(TOKEN).groups()).toMatchObject([{ name: "Ops" }]);
});

test("--profile wins over the environment, and the environment over the file", async () => {
  const [one, two] = [await mockWithToken(), await mockWithToken()];
  const home = homeWith({
    ...configOf(one.url),
    profiles: { ...configOf(one.url).profiles, other: configOf(two.url).profiles.local },
  });
  const env = { MESIBO_GROUPS_PROFILE: "other" };
  await run(["groups", "create", "By file"], home);
  await run(["groups", "create", "By environment"], home, env);
  await run(["groups", "create", "By option", "--profile", "local"], home, env);
  expect(
    one
      .world(TOKEN)
      .groups()
      .map(({ name }) => name),
  ).toEqual(["By file", "By option"]);
  expect(
    two
      .world(TOKEN)
      .groups()
      .map(({ name }) => name),
  ).toEqual(["By environment"]);
});

test("a token can come through stdin, and a name with it in is never printed", async () => {
  const mock = await mockWithToken();
  const home = homeWith(configOf(mock.url, { token_command: undefined }));
  const ended = await run(["groups", "create", "Ops", "--token-stdin", "--json"], home, {}, `${TOKEN}\n`);
  expect(ended).toMatchObject({ code: 0, err: "" });
  expect(mock.world(TOKEN).groups()).toHaveLength(1);
});

test("a profile that is read-only changes nothing, and looks", async () => {
  const mock = await mockWithToken();
  const home = homeWith(configOf(mock.url, { read_only: true }));
  for (const argv of [
    ["groups", "create", "Ops"],
    ["groups", "delete", "102529", "--confirm", "102529"],
    ["members", "add", "102529", "a"],
  ]) {
    const { code, err } = await run(argv, home);
    expect([code, err]).toEqual([2, expect.stringContaining("The profile local is read-only")]);
  }
  expect((await run(["groups", "list"], home)).code).toBe(0);
  expect(mock.world(TOKEN).requests()).toMatchObject([{ op: "groupsget" }]);
});

test("a profile that is marked danger changes nothing without a word more", async () => {
  const mock = await mockWithToken();
  const home = homeWith(configOf(mock.url, { danger: true }));
  expect((await run(["groups", "create", "Ops"], home)).code).toBe(2);
  expect(mock.world(TOKEN).groups()).toHaveLength(0);
  expect((await run(["groups", "create", "Ops", "--yes"], home)).code).toBe(0);
});

test("that mesibo counts addresses is said once for a profile and machine, before the first call", async () => {
  const mock = await mockWithToken();
  const home = homeWith(configOf(mock.url, { kind: "mesibo" }));
  const first = await run(["groups", "list", "--json"], home);
  expect(JSON.parse(first.err)).toMatchObject({
    v: 1,
    notice: expect.stringContaining("more than five addresses"),
  });
  expect(await run(["groups", "list", "--json"], home)).toMatchObject({ code: 0, err: "" });
});

test("profiles are added, used and removed in config.json", async () => {
  const home = homeWith({ version: 1 });
  const read = (): unknown =>
    JSON.parse(readFileSync(join(home, ".config", "mesibo-groups", "config.json"), "utf8"));
  const add = ["profile", "add", "live", "--kind", "mesibo", "--token-file", "/t", "--read-only"];
  expect((await run(add, home)).code).toBe(0);
  expect((await run(["profile", "use", "live"], home)).code).toBe(0);
  const live = { kind: "mesibo", token_file: "/t", read_only: true };
  expect(read()).toEqual({ version: 1, default: "live", profiles: { live } });
  expect((await run(["profile", "remove", "live"], home)).code).toBe(0);
  expect(read()).toEqual({ version: 1, profiles: {} });
});
