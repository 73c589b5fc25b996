import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CANARY, openApp, type TestApp } from "./support/app.ts";

// Ink's colours ask for this when they are loaded, which is before any test: no terminal is attached here.
vi.hoisted(() => {
  process.env["FORCE_COLOR"] = "1";
});

const pictures = {
  groups: {
    keys: ["down"],
    title: "The list of groups",
    description: "Four groups with gid, name, members, who sends, who receives, and the keys that work.",
  },
  overview: {
    keys: ["enter", "down", "right"],
    title: "The flag editor of a group",
    description:
      "Who sends and who receives as choices, options, the raw flag, and in words what the flag does today.",
  },
  members: {
    keys: ["enter", "2", "down", "space"],
    title: "The members of a group",
    description: "Each address with its five permissions; one row is marked.",
  },
  who: {
    keys: ["enter", "3", "down"],
    title: "Who may send and who receives",
    description:
      "A verdict for each member and for everybody else, with the rule and where it is known from.",
  },
} as const;

let app: TestApp | undefined;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "performance"], now: Date.UTC(2026, 10, 23, 13, 5, 22) });
});

afterEach(async () => {
  await app?.close();
  vi.useRealTimers();
});

for (const [name, { keys, title, description }] of Object.entries(pictures)) {
  test(`the picture of ${name} is the screen of today`, async () => {
    app = await openApp({ columns: 80, rows: 24 });
    await app.press(...keys);
    const svg = app.screen.svg({ title, description });

    await expect(svg).toMatchFileSnapshot(`../pictures/${name}.svg`);
    expect(svg).not.toContain(CANARY);
    expect(svg).not.toMatch(/<script|href|url\(|@import/);
    // A picture without colours would be a mistake of the test's surroundings.
    expect(svg).toContain('fill="#63d3d9"');
  });
}
