import { expect, onTestFinished, test } from "vitest";
import { openApp, type TestApp } from "./support/app.ts";

const users = Array.from({ length: 50_000 }, (_, index) => `user${index}@example.com`);
const seed = { users, groups: [{ name: "Everybody", members: users.map((address) => ({ address })) }] };

async function members(): Promise<TestApp> {
  const app = await openApp({ columns: 100, rows: 30, seed });
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
  "marking members": ["space", "space", "v", "down", "pagedown", "ctrl+a", "A"],
} satisfies Record<string, readonly string[]>;

for (const [name, keys] of Object.entries(walks)) {
  test(`${name} among 50,000 members writes something and at most 2 kB for each key`, async () => {
    const app = await members();
    const bytes = await written(app, keys);
    expect(bytes.filter((count) => count > 2000)).toEqual([]);
    expect(bytes.filter((count) => count > 0).length).toBeGreaterThan(keys.length / 2);
  });
}
