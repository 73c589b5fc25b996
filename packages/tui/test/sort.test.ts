import { afterEach, expect, test } from "vitest";
import { shownGroups } from "../src/state/actions/groups.ts";
import { openApp, type TestApp } from "./support/app.ts";

let app: TestApp | undefined;

afterEach(async () => {
  await app?.close();
  app = undefined;
});

const names = ({ program }: TestApp): readonly string[] =>
  shownGroups(program.state()).map(({ name }) => name);

test("o goes through the orders of the groups and back to the server's, O turns one round", async () => {
  app = await openApp();
  const { press, screen } = app;
  const served = ["News", "Support", "Team", "Lobby"];
  expect(names(app)).toEqual(served);
  await press("o");
  expect(names(app)).toEqual(["Lobby", "News", "Support", "Team"]);
  expect(screen.text()).toContain("sort: name ↑");
  await press("O");
  expect(names(app)).toEqual(["Team", "Support", "News", "Lobby"]);
  expect(screen.text()).toContain("sort: name ↓");
  await press("o");
  expect(names(app)).toEqual(served);
  expect(screen.text()).toContain("sort: gid ↑");
  await press("o", "o", "o");
  expect(screen.text()).not.toContain("sort:");
});

test("a filter is cleared without the order", async () => {
  app = await openApp();
  await app.press("o", "/", "e", "enter", "esc");
  expect(names(app)).toEqual(["Lobby", "News", "Support", "Team"]);
});

test("enter opens the row under the cursor in the order that is shown", async () => {
  app = await openApp();
  await app.press("o", "enter");
  expect(app.screen.text()).toContain("102532 Lobby");
});

test("members are sorted by address", async () => {
  app = await openApp();
  await app.press("enter", "2", "O");
  expect(app.screen.text()).toContain("sort: address ↓");
  const rows = app.screen.rows().filter((row) => row.includes("@"));
  expect(rows).toEqual(rows.toSorted((a, b) => (a.slice(3) < b.slice(3) ? 1 : -1)));
});
