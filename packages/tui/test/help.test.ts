import { expect, onTestFinished, test } from "vitest";
import { openApp, type TestApp } from "./support/app.ts";

async function help(): Promise<TestApp> {
  const app = await openApp();
  onTestFinished(app.close);
  await app.press("?");
  return app;
}

test("what is typed leaves the keys with these words in what they do, or in their names", async () => {
  const app = await help();
  await app.type("new group");
  const rows = app.screen.text().split("\n");
  expect(rows[1]).toContain("filter: new group");
  expect(rows.slice(2, 4).map((row) => row.trimEnd())).toEqual([
    " n                        make a new group",
    "",
  ]);
  await app.press("ctrl+w", "ctrl+w");
  await app.type("ctrl+p");
  expect(app.screen.text()).toContain("every command by its words");
  expect(app.screen.text()).not.toContain("make a new group");
});

test("letters are typed there, so none of them moves, closes or quits", async () => {
  const app = await help();
  await app.type("jkgGq");
  expect(app.program.state()).toMatchObject({ help: { top: 0, words: { text: "jkgGq" } }, quit: false });
  expect(app.screen.text()).toContain("No key that works here has these words.");
  await app.press("esc");
  expect(app.program.state().help).toBeUndefined();
});

test("it begins anew each time, and the arrows scroll it", async () => {
  const app = await help();
  await app.type("down");
  await app.press("esc", "?", "down", "down");
  expect(app.program.state().help).toEqual({ top: 2, words: { text: "", caret: 0 } });
  await app.press("up");
  expect(app.program.state().help?.top).toBe(1);
});
