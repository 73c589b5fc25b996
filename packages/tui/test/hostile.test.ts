import { createClient } from "@mesibo-groups/core";
import { afterEach, expect, test } from "vitest";
import { widthOf } from "../src/text/width.ts";
import { CANARY, openApp, type TestApp } from "./support/app.ts";
import { foreign } from "./support/foreign.ts";

const names = {
  "escape sequences": "\u001b[2J\u001b]0;owned\u0007\u001b[31mred",
  "C1 controls": "\u009b2J\u0090x\u009c",
  "line breaks": "one\ntwo\r\nthree\u2028four",
  "wide characters": "日本語のとても長いグループの名前です、まだ続きます",
  "bidi controls": "user\u202etxt.exe\u2066\u2069",
  "zero width": "a\u200bb\u200dc\ufeffd\u00ade",
  "10,000 characters": "x".repeat(10_000),
  "10,000 wide characters": "語".repeat(10_000),
  "combining marks": `Z${"\u0310\u0323".repeat(5000)}algo`,
  "half a surrogate pair": "a\ud83d",
  "a fake footer": " q quit  y yes\u0000\u0008\u0008\u0008",
} as const;

let app: TestApp | undefined;

afterEach(async () => {
  await app?.close();
  app = undefined;
});

for (const [kind, name] of Object.entries(names)) {
  for (const [columns, rows] of [
    [60, 15],
    [80, 24],
  ] as const) {
    test(`a group name with ${kind} breaks no frame at ${columns}x${rows}`, async () => {
      app = await openApp({
        columns,
        rows,
        seed: { users: ["alice"], groups: [{ name: "A", members: [{ address: "alice" }] }, { name: "Z" }] },
      });
      const { mock, press, screen } = app;
      const client = createClient({ token: CANARY, url: mock.url, fetch: mock.fetch });
      await client.groups.edit({ gid: 102529, name });
      await press("R");
      const list = screen.rows();
      expect(list[3]).toContain("102529");
      expect(list[4]).toMatch(/102530 +Z /);

      for (const keys of [
        ["d"],
        ["esc", "enter"],
        ["2"],
        ["3"],
        ["4"],
        ["enter"],
        ["esc", "esc", "esc", "/"],
      ]) {
        await press(...keys);
        expect(screen.rows()[0]).toMatch(/^ mesibo-groups/);
        expect(screen.rows().filter((row) => widthOf(row) > columns)).toEqual([]);
        expect(screen.rows()[rows - 2]).not.toBe("");
        expect(screen.rows()[rows - 1]).toBe("");
      }
      expect(foreign(screen.raw())).toEqual([]);
      expect(screen.raw()).not.toContain("\u001b[2J");
      expect(screen.raw()).not.toContain(CANARY);
    });
  }
}

test("hostile text that is typed or pasted is shown escaped", async () => {
  app = await openApp();
  const { press, program, settle, screen } = app;
  await press("n");
  program.dispatch({ kind: "pasted", text: "a\u001b[2Jb\u202ec" });
  await settle();
  expect(screen.text()).toContain(String.raw`a\x1b[2Jb\u{202e}c`);
  await press("esc", "enter", "2");
  program.dispatch({ kind: "pasted", text: "ok\nb\u001b[31m" });
  await settle();
  await press("enter");
  expect(screen.text()).toContain(String.raw`line 2: b\x1b[31m has a control character`);
  expect(screen.raw()).not.toContain("\u001b[31mb");
});

test("hostile lists, file names and refusals are shown escaped, from the source to the result", async () => {
  app = await openApp({ columns: 60, rows: 15 });
  const { press, type, program, settle, screen } = app;
  const paste = async (text: string): Promise<void> => {
    program.dispatch({ kind: "pasted", text });
    await settle();
  };
  await press("enter", "2", "a");
  await type("@");
  await paste("a\u001b[2J\u202eb");
  expect(screen.text()).toContain(String.raw`a\x1b[2J\u{202e}b`);
  await press("enter");
  expect(screen.text()).toContain(String.raw`a\x1b[2J\u{202e}b cannot be read`);
  await press("ctrl+u");
  await paste(`address,\u001b[31mnote\nx\u202ey,1\n${"語".repeat(20)},2\nb\u0007,3\n`);
  await press("enter");
  expect(screen.text()).toContain(String.raw`\x1b[31mnote`);
  await press("G");
  expect(screen.text()).toContain(String.raw`x\u{202e}y`);
  await press("enter");
  expect(screen.text()).toContain(String.raw`x\u{202e}y`);
  await press("z", "esc", "G");
  expect(screen.rows().filter((row) => widthOf(row) > 60)).toEqual([]);
  expect(foreign(screen.raw())).toEqual([]);
  expect(screen.raw()).not.toContain("\u001b[2J");
});
