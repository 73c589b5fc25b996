import { MESIBO_URL } from "@mesibo-groups/core";
import { startMock } from "@mesibo-groups/mock-server";
import { expect, onTestFinished, test } from "vitest";
import { openConnection } from "../../src/profile/connection.ts";
import { findCredential } from "../../src/profile/credential.ts";
import { listProfiles } from "../../src/profile/list.ts";
import { loadFiles } from "../../src/profile/load.ts";
import { home, resolved } from "./support.ts";

const work = {
  kind: "mesibo",
  dialect: "v1-form",
  read_only: true,
  danger: true,
  label: "Production",
  color: "red",
};

test("with nothing set it is the embedded mock with the demo team in it", async () => {
  const { around } = await home();
  const all = await resolved(around);
  expect([all.profile, all.kind, all.url]).toEqual([
    { value: "embedded", origin: { layer: "default", from: "default" } },
    { value: "mock", origin: { layer: "default", from: "default" } },
    { value: undefined, origin: { layer: "default", from: "default" } },
  ]);
  const client = await openConnection({ around, resolved: all });
  expect((await client.groups.list()).groups.length).toBeGreaterThan(0);
});

test("the user's default profile is resolved with the file as origin of its values", async () => {
  const { around, config } = await home({ version: 1, default: "work", profiles: { work } });
  const user = { layer: "user", from: config };
  const standard = { layer: "default", from: "default" };
  expect(await resolved(around)).toEqual({
    profile: { value: "work", origin: user },
    kind: { value: "mesibo", origin: user },
    url: { value: MESIBO_URL, origin: standard },
    dialect: { value: "form", origin: user },
    readOnly: { value: true, origin: user },
    danger: { value: true, origin: user },
    label: { value: "Production", origin: user },
    color: { value: "red", origin: user },
    defaultExpiry: { value: 31_536_000, origin: standard },
    batchSize: { value: 100, origin: standard },
    tokenStdin: false,
    tokenCommand: { value: undefined, origin: standard },
    tokenFile: { value: undefined, origin: standard },
    warnings: [],
  });
});

test("option beats environment beats project file beats user file", async () => {
  const profile = { kind: "mock" };
  const {
    around,
    write,
    with: env,
  } = await home({
    version: 1,
    default: "a",
    profiles: { a: profile, b: profile, c: profile, d: profile },
  });
  expect((await resolved(around)).profile.value).toBe("a");
  const project = await write("work/.mesibo-groups.json", '{ "version": 1, "profile": "b" }');
  expect((await resolved(around)).profile).toEqual({
    value: "b",
    origin: { layer: "project", from: project },
  });
  const around2 = env({ MESIBO_GROUPS_PROFILE: "c" });
  expect((await resolved(around2)).profile.value).toBe("c");
  expect((await resolved(around2, { profile: "d" })).profile.value).toBe("d");
});

test("an unknown profile is answered with the nearest one", async () => {
  const { around } = await home({ version: 1, profiles: { work } });
  await expect(resolved(around, { profile: "wrok" })).rejects.toThrow(
    '--profile: there is no profile "wrok". Did you mean work? Known: work, embedded.',
  );
});

test("variables alone choose the service: mesibo, a mock on this machine, or a gateway", async () => {
  const { with: env } = await home();
  const kind = async (variables: Record<string, string>) => (await resolved(env(variables))).kind.value;
  expect(await kind({ MESIBO_APP_TOKEN: "t" })).toBe("mesibo");
  expect(await kind({ MESIBO_URL: "http://127.0.0.1:1/backend/", MESIBO_APP_TOKEN: "t" })).toBe("mock");
  expect(await kind({ GATEWAY_URL: "https://gateway.example", MESIBO_APP_TOKEN: "t" })).toBe("gateway");
});

test("a profile's own token never goes to a URL that a variable or an option names", async () => {
  const { with: env, write } = await home({
    version: 1,
    default: "work",
    profiles: { work: { kind: "mesibo", token_file: "~/token" } },
  });
  await write("token", "profile-token\n");
  const around = env({ MESIBO_URL: "https://other.example/" });
  const all = await resolved(around);
  expect(all.tokenFile.value).toBeUndefined();
  expect(await findCredential({ around, resolved: all })).toBeUndefined();
  const own = await resolved(env({}));
  expect((await findCredential({ around, resolved: own }))?.reveal()).toBe("profile-token");
});

test("a mock over HTTP is reached with the token from the environment", async () => {
  const mock = await startMock({ tokens: ["world-1"] });
  onTestFinished(() => mock.close());
  const around = (await home()).with({ MESIBO_URL: mock.url, MESIBO_APP_TOKEN: "world-1" });
  const client = await openConnection({ around, resolved: await resolved(around) });
  expect(await client.groups.create({ name: "News" })).toEqual({ gid: 102529 });
});

test("mesibo without a token and a gateway without a key are refused with what to do", async () => {
  const { around } = await home({
    version: 1,
    profiles: { work: { kind: "mesibo" }, gate: { kind: "gateway", url: "https://gateway.example" } },
  });
  const open = async (profile: string) =>
    openConnection({ around, resolved: await resolved(around, { profile }) });
  await expect(open("gate")).rejects.toThrow(
    "profile gate: needs an API key, and none is set. Give the profile a token_command or token_file, set GATEWAY_API_KEY_FILE or GATEWAY_API_KEY, or use --token-stdin.",
  );
  await expect(open("work")).rejects.toThrow(
    "profile work: needs an app token, and none is set. Give the profile a token_command or token_file, set MESIBO_APP_TOKEN_FILE or MESIBO_APP_TOKEN, or use --token-stdin.",
  );
});

test("a URL that does not fit the profile is refused", async () => {
  const { around } = await home({ version: 1, profiles: { a: { kind: "mock" } } });
  await expect(resolved(around, { profile: "embedded", url: "http://h/" })).rejects.toThrow(
    "--url: the embedded mock has no URL. Leave --url out, or choose another profile with --profile.",
  );
  await expect(resolved(around, { profile: "a", url: MESIBO_URL })).rejects.toThrow(
    "--url: a profile of kind mock cannot have mesibo's own URL. Give the profile the kind mesibo, or another URL.",
  );
});

test("profiles are listed as the file has them, the embedded mock last", async () => {
  const { around } = await home({ version: 1, default: "work", profiles: { work } });
  expect(listProfiles(await loadFiles(around))).toEqual([
    { name: "work", kind: "mesibo", url: MESIBO_URL, readOnly: true, danger: true, isDefault: true },
    { name: "embedded", kind: "mock", url: undefined, readOnly: false, danger: false, isDefault: false },
  ]);
});

test.each(["", "/", "/v1", "/v1/"])("a gateway's URL may end in %j", async (end) => {
  const { with: env } = await home();
  const { kind, url } = await resolved(env({ GATEWAY_URL: `http://gateway.test/base${end}` }));
  expect([kind.value, url]).toEqual([
    "gateway",
    { value: "http://gateway.test/base", origin: { layer: "environment", from: "GATEWAY_URL" } },
  ]);
});
