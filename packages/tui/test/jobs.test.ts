import type { FaultPlan } from "@mesibo-groups/mock-server";
import { afterEach, describe, expect, test } from "vitest";
import type { Job } from "../src/state/model.ts";
import { openApp, type TestApp } from "./support/app.ts";

let app: TestApp | undefined;

afterEach(async () => {
  await app?.close();
  app = undefined;
});

/** The answers to calls of an op are lost; the calls themselves are applied or not. */
const lost = (op: string, when: "before" | "after", count = 1): FaultPlan => ({
  rules: [{ effect: "close", when, op, count }],
});

/** Opens the app, and makes a group whose answer is lost. */
async function unknownCreate(when: "before" | "after"): Promise<TestApp> {
  app = await openApp();
  app.mock.world().faults.set(lost("groupadd", when));
  await app.press("n");
  await app.type("Lost");
  await app.press("ctrl+s", "esc");
  return app;
}

const jobs = ({ program }: TestApp): readonly Pick<Job, "id" | "outcome" | "resolution">[] =>
  program.state().jobs.map(({ id, outcome, resolution }) => ({ id, outcome, resolution }));

test("every change is a job, newest first, with how it ended", async () => {
  app = await openApp();
  await app.press("enter", "2", "s", "esc", "esc");
  await app.press("d");
  await app.type("102529");
  await app.press("y", "3");
  const { screen } = app;
  expect(jobs(app)).toEqual([
    { id: 102, outcome: "done", resolution: undefined },
    { id: 101, outcome: "done", resolution: undefined },
  ]);
  expect(screen.text()).toContain("Delete group 102529");
  expect(screen.text()).toContain("Change 1 member of group 102529");
});

describe("a group whose answer is lost", () => {
  test("is unknown in the title and among the jobs, and never failed or done", async () => {
    const { screen, press } = await unknownCreate("after");
    expect(screen.rows()[0]).toContain("? 1 unknown");
    await press("3");
    expect(screen.text()).toContain('unknown                  Create the group "Lost"');
    expect(screen.text()).toContain("1 job, 1 of unknown outcome");
  });

  test.each([
    ["after", "Listed since: group 102533 of that name."],
    ["before", "No new group of that name is listed."],
  ] as const)("the list of groups tells whether it happened (%s)", async (when, words) => {
    const { screen, press } = await unknownCreate(when);
    await press("3", "R", "enter");
    expect(screen.text()).toContain(words);
    expect(screen.text()).toContain("It may have happened.");
  });

  test.each([
    ["h", "happened", "it happened"],
    ["x", "not_happened", "it did not"],
  ] as const)("%s resolves it", async (key, resolution, words) => {
    const { screen, press, mock } = await unknownCreate("after");
    const calls = mock.world().requests().length;
    await press("3", key);
    expect(app && jobs(app)).toEqual([{ id: 101, outcome: "unknown", resolution }]);
    expect(screen.text()).toContain(`unknown: ${words}`);
    expect(screen.rows()[0]).not.toContain("unknown");
    expect(mock.world().requests()).toHaveLength(calls);
  });

  test("is sent again only after the number of the job was typed, and becomes a job of its own", async () => {
    const { screen, press, type, mock } = await unknownCreate("after");
    await press("3", "t");
    expect(screen.text()).toContain("there will be two groups of that name");
    await press("y");
    await type("10");
    await press("y");
    const names = () =>
      mock
        .world()
        .groups()
        .map(({ name }) => name)
        .filter((name) => name === "Lost");
    expect(names()).toEqual(["Lost"]);
    await type("1");
    await press("y");
    expect(names()).toEqual(["Lost", "Lost"]);
    expect(app && jobs(app)).toEqual([
      { id: 102, outcome: "done", resolution: undefined },
      { id: 101, outcome: "unknown", resolution: "repeated" },
    ]);
  });
});

test("a job that has ended has nothing to resolve, and says so", async () => {
  app = await openApp();
  await app.press("enter", "2", "s", "esc", "esc", "3");
  for (const key of ["h", "x", "t"]) {
    await app.press(key);
    expect(app.screen.text()).toContain("Only a job whose outcome is unknown has to be resolved.");
  }
});

describe("an edit of members whose answer is lost", () => {
  test.each([
    ["after", "there"],
    ["before", "not_there"],
  ] as const)("is resolved by the list of members (%s)", async (when, resolution) => {
    app = await openApp();
    await app.press("enter", "2");
    app.mock.world().faults.set(lost("groupeditmembers", when, 20));
    await app.press("s");
    expect(jobs(app)).toEqual([{ id: 101, outcome: "unknown", resolution }]);
  });
});
