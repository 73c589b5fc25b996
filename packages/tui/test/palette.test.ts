import { afterEach, expect, test } from "vitest";
import { bindings } from "../src/keys/keys.ts";
import { offers, type Offer } from "../src/state/palette.ts";
import { openApp, type TestApp } from "./support/app.ts";

let app: TestApp | undefined;

afterEach(async () => {
  await app?.close();
  app = undefined;
});

async function open(...keys: readonly string[]): Promise<TestApp> {
  app = await openApp();
  await app.press(...keys);
  return app;
}

function offered({ program }: TestApp): readonly Offer[] {
  const state = program.state();
  if (state.dialog?.kind !== "palette") throw new Error("no palette is open");
  return offers(state, state.dialog);
}

test("it offers every command of every screen once, those that work here first", async () => {
  const all = offered(await open(":"));
  const actions = all.map(({ command }) => (command.kind === "action" ? command.action : command.kind));
  expect(new Set(actions).size).toBe(actions.length);
  const moving = new Set([
    "up",
    "down",
    "page_up",
    "page_down",
    "first",
    "last",
    "next_field",
    "previous_field",
  ]);
  const screens = new Set([
    "groups",
    "create",
    "overview",
    "members",
    "who",
    "requests",
    "request",
    "jobs",
    "profiles",
    "profile",
    "mock.journal",
    "mock.request",
    "mock.clock",
    "mock.faults",
    "mock.saved",
    "mock.worlds",
    "fault",
  ]);
  const expected = bindings
    .filter((row) => row.in.some((focus) => screens.has(focus)))
    .map(({ action }) => action)
    .filter((action) => action !== "palette" && !moving.has(action));
  expect(actions.toSorted()).toEqual([...new Set(expected)].toSorted());
  const works = all.map(({ reason }) => reason === undefined);
  expect(works).toEqual(works.toSorted((a, b) => Number(b) - Number(a)));
});

test("words find a command, enter does it on the screen behind", async () => {
  const { type, press, screen } = await open(":");
  await type("new group");
  await press("enter");
  expect(screen.text()).toContain("new group");
  await press("esc");
  expect(screen.text()).toContain("Groups 4");
});

test("a command that does not work here stays in sight with the reason, and is not done", async () => {
  const { type, press, screen, program } = await open(":");
  await type("remove the marked");
  expect(screen.text()).toContain("(Works");
  await press("enter");
  expect(screen.text()).toContain("Works in the list of members.");
  expect(program.state().dialog?.kind).toBe("palette");
});

test("a command that destroys asks as its key does", async () => {
  const { type, press, screen, mock } = await open(":");
  await type("delete");
  await press("enter");
  expect(screen.text()).toContain("Type 102529 to go on");
  await press("enter");
  expect(mock.world().groups()).toHaveLength(4);
});

test("a number opens the group with that gid", async () => {
  const { type, press, screen } = await open(":");
  await type("102530");
  await press("enter");
  expect(screen.text()).toContain("102530");
  expect(screen.text()).toContain("[1 Overview]");
});

test("a gid that is not listed says so", async () => {
  const { type, press, screen } = await open(":");
  await type("42");
  await press("enter");
  expect(screen.text()).toContain("Group 42 is not among the listed groups.");
});

test.each(["0x91", "flags 145", "flag 1|0x10|0x80"])("%s explains these flags in full", async (words) => {
  const { type, press, screen } = await open(":");
  await type(words);
  await press("enter");
  expect(screen.text()).toContain("Flags 145, 0x91");
  await press("esc");
  expect(screen.text()).not.toContain("Flags 145");
});

test("no command has the words: it says what else may be typed", async () => {
  const { type, press, screen } = await open(":");
  await type("zzz");
  expect(screen.text()).toContain("No command has these words.");
  await press("enter");
  expect(screen.text()).toContain("esc closes.");
});
