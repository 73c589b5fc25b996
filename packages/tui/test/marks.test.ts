import { createMock, demoSeed } from "@mesibo-groups/mock-server";
import { expect, onTestFinished, test } from "vitest";
import { noDesk } from "../src/desk/desk.ts";
import { marksInFront, marksThere } from "../src/state/marks.ts";
import type { Connection } from "../src/state/model.ts";
import { CANARY, openApp, type OpenOptions, type TestApp } from "./support/app.ts";

async function open(options?: OpenOptions): Promise<TestApp> {
  const app = await openApp(options);
  onTestFinished(() => app.close());
  return app;
}

const marked = ({ program }: TestApp): readonly (string | number)[] =>
  [...marksInFront(program.state().screen).marked].toSorted((a, b) => (a < b ? -1 : 1));

const gids = ({ mock }: TestApp): readonly number[] =>
  mock
    .world()
    .groups()
    .map(({ gid }) => gid);

const noticeOf = ({ program }: TestApp): string | undefined => program.state().notice?.text;

for (const [list, keys, rows] of [
  ["the list of groups", [], [102529, 102530, 102531, 102532]],
  ["the members", ["enter", "2"], ["alice", "bob", "carol", "dave"].map((name) => `${name}@example.com`)],
] as const) {
  test(`in ${list} v marks over what the cursor goes, shift and an arrow one by one, ctrl+a all, A none`, async () => {
    const app = await open();
    const { press, screen } = app;
    await press(...keys, "v", "down", "down");
    expect(marked(app)).toEqual(rows.slice(0, 3));
    expect(screen.text()).toContain("range, marked 3");
    expect(screen.rows().filter((row) => /^.[*]/.test(row))).toHaveLength(3);
    await press("up");
    expect(marked(app)).toEqual(rows.slice(0, 2));
    await press("esc", "end");
    expect(marked(app)).toEqual(rows.slice(0, 2));
    await press("v", "v", "up");
    expect(marked(app)).toEqual([rows[0], rows[1], rows[3]]);
    await press("A", "shift+up", "shift+up");
    expect(marked(app)).toEqual(rows.slice(0, 3));
    await press("space", "space");
    expect(marked(app)).toEqual([rows[2]]);
    await press("ctrl+a");
    expect(marked(app)).toEqual(rows);
    await press("A");
    expect(marked(app)).toEqual([]);
    await press("A");
    expect(noticeOf(app)).toBe("No row is marked.");
  });

  test(`in ${list} a filter ends a range and hides no mark, and esc takes range, marks and filter in turn`, async () => {
    const app = await open();
    await app.press(...keys, "v", "down", "/", "t", "!", "backspace", "backspace", "a", "enter", "down");
    expect(marked(app)).toEqual(rows.slice(0, 2));
    await app.press("v");
    const seen = (): unknown => {
      const { screen } = app.program.state();
      const { range, marked: some } = marksInFront(screen);
      const filter = screen.kind === "groups" ? screen.list : screen.kind === "group" && screen.members;
      return [range === undefined, some.size > 0, filter && filter.filter.text];
    };
    const steps = [seen()];
    for (let press = 0; press < 3; press += 1) {
      await app.press("esc");
      steps.push(seen());
    }
    expect(steps).toEqual([
      [false, true, "a"],
      [true, true, "a"],
      [true, false, "a"],
      [true, false, ""],
    ]);
  });
}

test("marks of what is listed no more are dropped, and a range ends there", async () => {
  const app = await open();
  await app.press("ctrl+a");
  const { fetch, url } = app.mock;
  await fetch(`${url}?op=groupdel&gid=102530&token=${CANARY}`, {});
  await app.press("R");
  expect(marked(app)).toEqual([102529, 102531, 102532]);
  expect(app.screen.text()).toContain("marked 3");
  // Those of a list behind another screen too.
  await app.press("enter");
  await fetch(`${url}?op=groupdel&gid=102532&token=${CANARY}`, {});
  await app.press("R", "esc");
  expect(marked(app)).toEqual([102529, 102531]);

  const range = { from: 2, before: new Set([1]) };
  const keyOf = (row: number): number => row;
  expect(marksThere({ rows: [1, 3], keyOf, marks: { marked: new Set([1, 2]), range } })).toEqual({
    marked: new Set([1]),
  });
});

test("y copies the gids or the addresses of the marked rows, one to a line, in the order of the list", async () => {
  const copied: string[] = [];
  const app = await open({
    desk: {
      ...noDesk,
      copy: async (text) => {
        copied.push(text);
        return "a test";
      },
    },
  });
  await app.press("o", "ctrl+a", "y");
  expect(noticeOf(app)).toBe("Copied 4 gids with a test.");
  await app.press("A", "y", "o", "o", "o", "o", "enter", "2", "space", "down", "space", "y");
  expect(noticeOf(app)).toBe("Copied 2 addresses with a test.");
  expect(copied).toEqual([
    "102532\n102529\n102530\n102531",
    "102532",
    "alice@example.com\ncarol@example.com",
  ]);
});

test("marked groups are deleted one after another, each a job, by typing how many they are and nothing less", async () => {
  const { fetch } = createMock({ seed: demoSeed, tokens: [CANARY] });
  const sent: string[] = [];
  const app = await open({
    client: {
      fetch: async (url, init) => {
        const deletes = JSON.stringify(init.body).includes("groupdel");
        if (deletes) sent.push("asked");
        const answer = await fetch(url, init);
        if (deletes) sent.push("answered");
        return answer;
      },
    },
  });
  const { press, type, screen, program } = app;
  const left = (): readonly number[] | undefined => program.state().data.groups?.groups.map(({ gid }) => gid);
  await press("space", "space", "down", "space", "d");
  expect(screen.text()).toContain("Delete 3 groups?");
  expect(screen.text()).toContain("102529 News, 102530 Support and 102532 Lobby: they and their memberships");
  await press("y", "enter", "d");
  await type("102529");
  await press("y");
  expect(noticeOf(app)).toBe("Type 3 groups first, then y.");
  await press("ctrl+u");
  await type("3 groups");
  expect(sent).toEqual([]);
  expect(screen.text()).toContain("Now y: delete them.");
  await press("y");
  expect(sent).toEqual(Array.from({ length: 3 }, () => ["asked", "answered"]).flat());
  expect(left()).toEqual([102531]);
  expect(noticeOf(app)).toBe("3 groups are deleted.");
  expect(marked(app)).toEqual([]);
  expect(program.state().jobs.map(({ id, effect, outcome }) => ({ id, effect, outcome }))).toEqual(
    [102532, 102530, 102529].map((gid, index) => ({
      id: 103 - index,
      effect: { kind: "delete_group", gid },
      outcome: "done",
    })),
  );
  expect(program.state().undo).toEqual([]);
  // Once, behind the last one.
  expect(program.state().calls.filter(({ op }) => op === "groupsget")).toHaveLength(2);
});

test("more than four groups are named by the first four, and one marked group wants its own gid", async () => {
  const app = await open({
    seed: { users: [], groups: ["A", "B", "C", "", "E", "F"].map((name) => ({ name })) },
  });
  await app.press("ctrl+a", "d");
  expect(app.screen.text()).toContain(
    "102529 A, 102530 B, 102531 C, 102532 without a name and 2 more: they and",
  );
  await app.press("esc", "A", "down", "space", "d");
  expect(app.screen.text()).toContain("Delete group 102530?");
  await app.type("102530");
  await app.press("y");
  expect(gids(app)).toEqual([102529, 102531, 102532, 102533, 102534]);
});

test("a deletion that is refused leaves its group there and marked, and the others go on", async () => {
  const app = await open();
  app.mock.world().faults.set({ rules: [{ effect: "refuse", error: "BUSY", op: "groupdel", count: 1 }] });
  await app.press("space", "space", "d");
  await app.type("2 groups");
  await app.press("y");
  expect([gids(app), marked(app)]).toEqual([[102529, 102531, 102532], [102529]]);
  expect(app.program.state().jobs.map(({ outcome }) => outcome)).toEqual(["done", "refused"]);
  expect(app.program.state().notice).toEqual({
    outcome: "refused",
    text: "1 of 2 groups are deleted. Group 102529: mesibo says BUSY.",
  });
});

test("of several deletions that were not done the one that needs most care is told when all are through", async () => {
  const app = await open({ client: { retries: 0, quietMs: 0 } });
  app.mock.world().faults.set({
    rules: [
      { effect: "refuse", error: "BUSY", op: "groupdel", count: 1 },
      { effect: "close", when: "after", op: "groupdel", after: 1, count: 1 },
    ],
  });
  await app.press("space", "space", "space", "d");
  await app.type("3 groups");
  await app.press("y");
  expect(app.program.state().jobs.map(({ outcome }) => outcome)).toEqual(["done", "unknown", "refused"]);
  expect(app.program.state().notice).toEqual({
    outcome: "unknown",
    text: "1 of 3 groups are deleted. Group 102530: groupdel: sent, but no usable answer (ECONNRESET); it may have happened. Look before you repeat it. 1 more: see the jobs.",
  });
});

for (const [what, connection, keys, words] of [
  ["read-only", { readOnly: "config.json" }, [], "is read-only (config.json says so)"],
  ["danger", { danger: true }, ["y"], "Type 4 groups first, then y."],
] as const satisfies readonly (readonly [string, Partial<Connection>, readonly string[], string])[]) {
  test(`on a ${what} profile marked groups are not deleted so easily`, async () => {
    const app = await open({ connection });
    await app.press("ctrl+a", "d", ...keys);
    expect(noticeOf(app)).toContain(words);
    expect(gids(app)).toHaveLength(4);
  });
}

test("members that were not removed stay marked", async () => {
  const app = await open();
  app.mock.world().faults.set({ rules: [{ effect: "refuse", error: "BUSY", op: "groupeditmembers" }] });
  await app.press("enter", "2", "space", "space", "d", "y");
  expect(marked(app)).toEqual(["alice@example.com", "bob@example.com"]);
  app.mock.world().faults.set({ rules: [] });
  await app.press("d", "y");
  expect(marked(app)).toEqual([]);
});
