import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMock, type FaultPlan } from "@mesibo-groups/mock-server";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { CANARY, openApp, type TestApp } from "./support/app.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mesibo-kept-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

const kept = (): readonly string[] => readdirSync(folder);

const open = async (
  connection: { readonly readOnly?: string; readonly notice?: string } = {},
): Promise<TestApp> => {
  const app = await openApp({ kept: folder, client: { retries: 0, quietMs: 0 }, connection });
  onTestFinished(() => app.close());
  return app;
};

/** The answers to calls of an op are lost; the calls themselves are applied or not. */
const lost = (op: string, when: "before" | "after"): FaultPlan => ({
  rules: [{ effect: "close", when, op, count: 1 }],
});

/** The application, after it has lost the answer to a new group. */
async function lostCreate(name: string): Promise<TestApp> {
  const app = await open();
  app.mock.world().faults.set(lost("groupadd", "before"));
  await app.press("n");
  await app.type(name);
  await app.press("ctrl+s", "esc");
  return app;
}

const named = ({ mock }: TestApp, name: string): number =>
  mock
    .world()
    .groups()
    .filter((group) => group.name === name).length;

describe("a group that an earlier run may have made", () => {
  beforeEach(async () => {
    await lostCreate("Earlier");
    expect(kept()).toHaveLength(1);
  });

  test("is counted from the start, and listed among the jobs with what is known of it", async () => {
    const { screen, press } = await open();
    expect(screen.rows()[0]).toContain("? 1 unknown");
    await press("3");
    expect(screen.text()).toContain("0 jobs; 1 unknown operation kept here");
    expect(screen.text()).toContain('unknown, sent earlier    Create the group "Earlier"');
    await press("enter");
    expect(screen.text()).toContain("It may have happened.");
    expect(screen.text()).toMatch(/It is kept[ │\n]+here until it is settled\./);
  });

  test("is counted as soon as what is said before the first call was answered", async () => {
    const { screen, press } = await open({ notice: "Said once." });
    expect(screen.text()).not.toContain("unknown");
    await press("y");
    expect(screen.rows()[0]).toContain("? 1 unknown");
  });

  test.each([
    ["h", "It is settled: it happened."],
    ["x", "It is settled: it did not happen."],
  ])("%s and y settle it, and it is kept no more", async (key, words) => {
    const { screen, press } = await open();
    await press("3", key, "enter");
    expect(kept()).toHaveLength(1);
    await press(key, "y");
    expect(screen.text()).toContain(words);
    expect(screen.text()).toContain("0 unknown operations kept here");
    expect(screen.rows()[0]).not.toContain("unknown");
    expect(kept()).toEqual([]);
  });

  test("is made again after the end of its id was typed, and kept until that is done", async () => {
    const app = await open();
    const [id = ""] = kept();
    app.mock.world().faults.set(lost("groupadd", "before"));
    const phrase = id.replace(".json", "").slice(-4).toLowerCase();
    await app.press("3", "t", "y");
    expect(app.screen.text()).toContain("there will be two groups of that name");
    await app.type(phrase);
    await app.press("y");
    expect(app.program.state().notice?.outcome).toBe("unknown");
    expect(kept()).toEqual([id]);
    await app.press("t");
    await app.type(phrase);
    await app.press("y");
    expect(app.screen.text()).toContain("It was sent again, and is done.");
    expect([named(app, "Earlier"), kept()]).toEqual([1, []]);
  });

  test("is seen and not settled by a read-only profile", async () => {
    const { screen, press } = await open({ readOnly: "config.json" });
    await press("3", "x");
    expect(screen.text()).toContain("is read-only (config.json says so)");
    expect(kept()).toHaveLength(1);
  });
});

test("the app token is not in what is kept, whatever a server or a network says", async () => {
  const echoes = [
    () => new Response(`<html>?token=${CANARY}</html>`, { status: 502 }),
    () => Promise.reject(new TypeError(`failed for ?token=${CANARY}`, { cause: { code: "ECONNRESET" } })),
  ];
  for (const echo of echoes) {
    const { fetch } = createMock({ tokens: [CANARY] });
    const app = await openApp({
      kept: folder,
      client: {
        fetch: async (url, init) => (JSON.stringify(init).includes("groupadd") ? echo() : fetch(url, init)),
      },
    });
    await app.press("n");
    await app.type("Echoed");
    await app.press("ctrl+s");
    await app.close();
  }
  const texts = kept().map((name) => readFileSync(join(folder, name), "utf8"));
  expect(texts).toEqual([expect.stringContaining("Echoed"), expect.stringContaining("Echoed")]);
  expect(texts.join("")).not.toContain(CANARY);
});

test("a change of this session is one row, and settled it is kept no more", async () => {
  const app = await lostCreate("Mine");
  await app.press("3");
  expect(app.screen.text()).toContain("1 job, 1 of unknown outcome; 1 unknown operation kept here");
  expect(app.screen.text()).not.toContain("sent earlier");
  await app.press("x", "y");
  expect(app.program.state().jobs).toMatchObject([{ outcome: "unknown", resolution: "not_happened" }]);
  expect(kept()).toEqual([]);
});

test.each(["before", "after"] as const)(
  "an edit of members that the server's list tells of (%s) is kept no more",
  async (when) => {
    const app = await open();
    await app.press("enter", "2");
    app.mock.world().faults.set(lost("groupeditmembers", when));
    await app.press("s", "esc", "esc", "3");
    expect(app.program.state().jobs).toMatchObject([
      { outcome: "unknown", operation: expect.stringMatching(/^op_/), resolution: expect.any(String) },
    ]);
    expect(app.screen.text()).toContain("0 unknown operations kept here");
    expect(kept()).toEqual([]);
  },
);

test("members of a list whose call was lost are kept until they were sent again, and that is done", async () => {
  const app = await open();
  const { screen, press, type, mock } = app;
  mock.world().faults.set({
    rules: [
      { op: "groupeditmembers", effect: "close", when: "before", count: 1 },
      // What the server has is not told either.
      { op: "groupgetmembers", effect: "close", when: "after", after: 1, count: 1 },
    ],
  });
  await press("enter", "2", "a");
  await type("erin@example.com");
  await press("enter", "enter");
  expect(app.program.state().jobs).toMatchObject([
    { outcome: "unknown", operation: expect.stringMatching(/^op_/), resolution: undefined },
  ]);
  expect(kept()).toHaveLength(1);
  await press("R");
  expect(screen.text()).toContain("✓ done: ");
  expect(app.program.state().jobs).toMatchObject([{ outcome: "done" }, { resolution: "repeated" }]);
  expect(kept()).toEqual([]);
});

test("what was done or refused is not kept, and what is damaged is told", async () => {
  const { press, screen } = await open();
  await press("enter", "2", "s");
  expect(screen.text()).toContain("✓ done: ");
  const id = "op_01KAR5V2Z6F5T1P0X9Y8Q7W3M4";
  writeFileSync(join(folder, `${id}.json`), "{");
  await press("esc", "esc", "3");
  expect(screen.text()).toContain("the operations kept here could not be listed");
  expect(screen.text()).toContain(`What is kept of ${id}`);
  expect(kept()).toEqual([`${id}.json.damaged`]);
  await press("R");
  expect(screen.text()).toContain("0 unknown operations kept here");
});
