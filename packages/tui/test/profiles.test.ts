import { demoSeed, startMock } from "@mesibo-groups/mock-server";
import { readFile } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import { profilesOf } from "../src/session.ts";
import { home, type Home } from "./profile/support.ts";
import { CANARY, openApp, type TestApp } from "./support/app.ts";

const text = `{
  // Who may look, and who may not.
  "version": 1,
  "profiles": {
    "local": { "kind": "mock" }, // keeps nothing
    "live": { "kind": "mesibo", "token_file": "token", "danger": true }
  }
}
`;

/** The application with screen 0 in front, in a home of its own. */
async function profilesScreen(config?: string): Promise<TestApp & Home> {
  const made = await home(config);
  await made.write(".config/mesibo-groups/token", CANARY);
  const app = await openApp({
    profiles: profilesOf(made.around),
    connection: { profile: "embedded" },
    columns: 100,
    rows: 30,
  });
  onTestFinished(() => app.close());
  await app.press("0");
  return { ...app, ...made };
}

const config = async ({ config: path }: Home): Promise<string> => readFile(path, "utf8");

test("somebody without a profile is offered to look around, and enter does it", async () => {
  const { screen, press, program } = await profilesScreen();
  expect(screen.text()).toContain("▸ Start a mock server here and look around");
  await press("enter");
  expect([program.state().screen.kind, program.state().data.groups?.total]).toEqual(["groups", 4]);
});

test("a first profile is made in the form, kept in config.json, and connected to", async () => {
  const server = await startMock({ seed: demoSeed });
  onTestFinished(() => server.close());
  const app = await profilesScreen();
  const { screen, press, type, program } = app;
  await press("down", "enter");
  expect(screen.text()).toContain("Not yet: The name must be 1 to 40 letters");
  await type("staging");
  await press("tab", "tab");
  await type(server.url);
  await press("ctrl+s");
  expect(screen.text()).toContain("Profile staging is made. t tests it, enter connects.");
  expect(JSON.parse(await config(app))).toEqual({
    version: 1,
    profiles: { staging: { kind: "mock", url: server.url } },
  });
  await press("t");
  expect(screen.text()).toContain("ok: answer: 400: the token is good, and nothing was changed.");
  expect(screen.text()).toContain("The profile works.");
  await press("esc", "enter");
  expect([program.state().connection.name, program.state().data.groups?.total]).toEqual(["staging", 4]);
  await press("0");
  expect(screen.text()).toMatch(/staging .*connected .*\d{4}-\d\d-\d\d \d\d:\d\d/);
});

test("an edit changes what was changed and keeps every comment", async () => {
  const app = await profilesScreen(text);
  const { press, screen } = app;
  await press("e", ...Array.from({ length: 4 }, () => "down"), "space", "ctrl+s");
  expect(screen.text()).toContain("Profile local is written.");
  const changed = await config(app);
  expect(changed).toContain('"read_only": true');
  expect(changed).toContain("// Who may look, and who may not.");
  expect(changed).toContain("// keeps nothing");
  expect(changed).toContain('"live": { "kind": "mesibo", "token_file": "token", "danger": true }');
});

test("a profile is removed after y, and its token file stays", async () => {
  const app = await profilesScreen(text);
  const { press, screen } = app;
  await press("d");
  expect(screen.text()).toContain("Remove the profile local?");
  await press("enter");
  expect(await config(app)).toBe(text);
  await press("d", "y");
  expect(await config(app)).not.toContain("local");

  // One level higher for a profile marked danger: its name is typed, though there is no y in it to stumble over.
  await press("d", "y");
  expect(screen.text()).toContain("Type live first, then y.");
  await press(...Array.from("live"), "y");
  expect(JSON.parse((await config(app)).replace(/\/\/.*/g, ""))).toEqual({ version: 1, profiles: {} });
  expect(await readFile(app.around.home + "/.config/mesibo-groups/token", "utf8")).toBe(CANARY);
});

test("a name with y, n and q in it can be typed where a removal wants it", async () => {
  const app = await profilesScreen('{"version":1,"profiles":{"any-query":{"kind":"mock","danger":true}}}');
  await app.press("d", ...Array.from("any-query"));
  expect(app.screen.text()).toContain("Now y: remove it.");
  await app.press("y");
  expect(JSON.parse(await config(app))).toEqual({ version: 1, profiles: {} });
});

test("before a profile of mesibo is tested, the address that it costs is named", async () => {
  const { press, screen, program } = await profilesScreen(text);
  await press("down", "t");
  expect(screen.text()).toContain("It costs one of the five addresses");
  await press("enter");
  expect(program.state().dialog).toBeUndefined();
});

test("esc on the notice of a profile leads back to the profiles, and nothing of the connection is lost", async () => {
  const { press, screen, program } = await profilesScreen(text);
  const before = program.state().data;
  await press("down", "enter");
  expect(screen.text()).toContain("Before live is asked anything");
  expect(screen.text()).toContain("more than five addresses");
  await press("esc");
  const { quit, dialog, data, connection, screen: front } = program.state();
  expect([quit, dialog, front.kind, connection.name]).toEqual([
    false,
    undefined,
    "profiles",
    "embedded mock",
  ]);
  expect(data).toBe(before);
});

test("what a form says is tested before it is saved, and a refused token is named", async () => {
  const server = await startMock({ tokens: ["another"] });
  onTestFinished(() => server.close());
  const app = await profilesScreen(text);
  const { press, type, screen } = app;
  await press("n");
  await type("next");
  await press("tab", "tab");
  await type(server.url);
  await press("tab", "tab", "right", "tab");
  await type("token");
  await press("ctrl+t");
  expect(screen.text()).toContain("ok: credential: token_file, set (22 chars");
  expect(screen.text()).toContain("wrong: answer: 401: the token was refused.");
  expect(screen.text()).toContain("The profile does not work yet.");
  expect(await config(app)).toBe(text);
  expect(screen.raw()).not.toContain(CANARY);
});

test("a file that cannot be read says so, and R reads it again", async () => {
  const app = await profilesScreen("{");
  expect(app.screen.text()).toContain("The profiles cannot be read: ! says why, R reads them again.");
  await app.write(".config/mesibo-groups/config.json", text);
  await app.press("R");
  expect(app.screen.text()).toContain("Profiles 3");
});
