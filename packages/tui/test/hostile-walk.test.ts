import { createMock, demoSeed } from "@mesibo-groups/mock-server";
import { expect, test } from "vitest";
import { widthOf } from "../src/text/width.ts";
import { CANARY } from "./support/app.ts";
import { hold } from "./dialogue/support.ts";
import { foreign } from "./support/foreign.ts";
import type { Screen } from "./support/screen.ts";
import { wander, type Traces } from "./support/wander.ts";
import type { Fetch } from "./support/fetch.ts";

const evil = `\u001b[2J\u001b]0;owned\u0007\u009b31m\u202etxt\r\n\u0000日本語\u200b\u0008`;
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** A server whose names, addresses and refusals are all hostile, and which refuses each fifth call. */
const hostile = (fetch: Fetch): Fetch => {
  let calls = 0;
  return async (url, init) => {
    calls += 1;
    if (calls % 5 === 0)
      return Response.json({ result: false, error: evil, code: 400, cause: evil, properties: [evil] });
    const answer = await (await fetch(url, init)).text();
    return new Response(
      answer
        .replaceAll(/"name":"[^"]*"/g, `"name":"${inJson(evil.repeat(calls % 2 === 0 ? 1 : 300))}"`)
        .replaceAll(/(alice|carol)@example\.com/g, `$1${inJson(evil)}`),
    );
  };
};

const walks: Traces[] = [];

for (const [seed, columns, rows] of [
  [11, 60, 15],
  [12, 80, 24],
  [13, 100, 30],
  [14, 80, 24],
  [15, 60, 15],
  [16, 200, 60],
] as const) {
  test(`nothing hostile reaches the terminal raw, nor breaks a frame, in walk ${seed} at ${columns}x${rows}`, async () => {
    const onFrame = (screen: Screen): void => {
      expect(screen.rows()[0]).toMatch(/^ mesibo-groups/);
      expect(screen.rows().filter((row) => widthOf(row) > columns)).toEqual([]);
      expect(screen.rows()[rows - 1]).toBe("");
    };
    const traces = await wander({ seed, length: 60, columns, rows, wire: hostile, onFrame });
    walks.push(traces);
    expect(foreign(traces.screen.raw())).toEqual([]);
    expect(traces.screen.raw()).not.toContain("\u001b[2J");
  });
}

test("the walks met what is hostile on most of the screens", () => {
  expect(walks.filter(({ screen }) => screen.raw().includes(String.raw`\x1b[2J`)).length).toBe(walks.length);
  expect(new Set(walks.flatMap(({ focuses }) => [...focuses])).size).toBeGreaterThan(16);
});

test("nothing hostile is said raw in a conversation", async () => {
  const answers = [
    "1",
    "2",
    "list",
    "more",
    "1",
    "back",
    "d",
    "n",
    "a",
    "zoe",
    "y",
    "back",
    "3",
    "1",
    "back",
  ];
  const { lines } = await hold(
    [
      ...answers,
      "back",
      "back",
      "n",
      evil,
      "back",
      "list",
      "calls",
      "1",
      "back",
      "back",
      "jobs",
      "1",
      "quit",
    ],
    { client: { fetch: hostile(createMock({ seed: demoSeed, tokens: [CANARY] }).fetch), retries: 0 } },
  );
  // The answers themselves are in it too.
  const said = lines.filter((line) => !line.startsWith(">"));
  expect(said.flatMap(foreign)).toEqual([]);
  expect(said.some((line) => line.includes(String.raw`\x1b[2J`))).toBe(true);
});
