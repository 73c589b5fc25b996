import { expect, onTestFinished, test } from "vitest";
import { openApp, type TestApp } from "./support/app.ts";

const users = Array.from({ length: 50_000 }, (_, index) => `user${index}@example.com`);
const seed = { users, groups: [{ name: "Everybody", members: users.map((address) => ({ address })) }] };

async function members(size: { readonly columns: number; readonly rows: number }): Promise<TestApp> {
  const app = await openApp({ ...size, seed });
  onTestFinished(() => app.close());
  await app.press("enter", "2");
  return app;
}

/** The bytes that reach the terminal for each key. */
async function written({ press, screen }: TestApp, keys: readonly string[]): Promise<readonly number[]> {
  const bytes: number[] = [];
  for (const key of keys) {
    const before = Buffer.byteLength(screen.raw());
    await press(key);
    bytes.push(Buffer.byteLength(screen.raw()) - before);
  }
  return bytes;
}

const scrolled = Array.from({ length: 30 }, () => "down");
const walks = {
  "moving the cursor": [...scrolled, "pagedown", "pageup", "G", "up", "g"],
  "typing a filter": [
    "/",
    ...Array.from("user4999@x"),
    "backspace",
    "backspace",
    "backspace",
    "backspace",
    "esc",
  ],
  "moving in a sorted list": ["o", ...scrolled, "O", "G"],
  "marking members": ["space", "space", "v", "down", "pagedown", "ctrl+a", "space", "A"],
} satisfies Record<string, readonly string[]>;

for (const [name, keys] of Object.entries(walks)) {
  for (const [columns, rows, most] of [
    [100, 30, 2000],
    // A filter that lets every row in again: the text of 55 rows alone is more than 2 kB.
    [200, 60, name === "typing a filter" ? 3500 : 2000],
  ] as const) {
    test(`${name} among 50,000 members at ${columns}x${rows} writes at most ${most} bytes for each key`, async () => {
      const bytes = await written(await members({ columns, rows }), keys);
      expect(bytes.filter((count) => count > most)).toEqual([]);
      expect(bytes.filter((count) => count > 0).length).toBeGreaterThan(keys.length / 2);
    });
  }
}

test("a cursor that moves writes its two rows and no more, in the largest window too", async () => {
  const bytes = await written(await members({ columns: 200, rows: 60 }), ["down", "down", "up", "down"]);
  expect(bytes.filter((count) => count > 100)).toEqual([]);
});
