import { afterEach, describe, expect, test } from "vitest";
import { openApp, type TestApp } from "./support/app.ts";

let app: TestApp | undefined;

afterEach(async () => {
  await app?.close();
  app = undefined;
});

async function open(...keys: readonly string[]): Promise<TestApp> {
  app = await openApp();
  await app.press(...keys);
  return app;
}

const group = ({ mock }: TestApp, gid = 102529) => {
  const { groups, next, ...rest } = mock.world().snapshot();
  expect([next.gid, Object.keys(rest).length]).not.toEqual([0, 0]);
  const found = groups.find((each) => each.gid === gid);
  return { name: found?.name, flag: found?.flag, members: mock.world().groups()[gid - 102529]?.members };
};

const stacks = ({ program }: TestApp): readonly number[] => {
  const { undo, redo } = program.state();
  return [undo.length, redo.length];
};

describe("z takes back, after it has shown what that does, and Z does it again", () => {
  test("a permission", async () => {
    const { press, screen } = await open("enter", "2");
    const before = app && group(app);
    await press("s");
    const after = app && group(app);
    expect(after).not.toEqual(before);
    await press("z");
    expect(screen.text()).toContain("Undo: change 1 member of group 102529?");
    expect(app && group(app)).toEqual(after);
    await press("y");
    expect(app && group(app)).toEqual(before);
    await press("Z", "y");
    expect(app && group(app)).toEqual(after);
    expect(app && stacks(app)).toEqual([1, 0]);
  });

  test("permissions of several members who had different ones", async () => {
    const { press } = await open("enter", "2");
    const before = app && group(app);
    await press("s", "ctrl+a", "p", "r");
    expect(app && group(app)).not.toEqual(before);
    while ((app?.program.state().undo.length ?? 0) > 0) await press("z", "y");
    expect(app && group(app)).toEqual(before);
  });

  test("a removal, with the permissions that the members had", async () => {
    const { press, screen } = await open("enter", "2", "down");
    const before = app && group(app);
    await press("d", "y", "z");
    expect(screen.text()).toContain("Adds ");
    await press("y");
    const byAddress = (members: readonly { readonly address: string }[] | undefined) =>
      members?.toSorted((a, b) => (a.address < b.address ? -1 : 1));
    expect(byAddress(app && group(app).members)).toEqual(byAddress(before?.members));
  });

  test("members that were added", async () => {
    const { press, type } = await open("enter", "2");
    const before = app && group(app);
    await press("a");
    await type("erin@example.com");
    await press("enter", "enter");
    expect(app && group(app).members).toHaveLength((before?.members?.length ?? 0) + 1);
    await press("z", "y");
    expect(app && group(app)).toEqual(before);
    expect(app && stacks(app)).toEqual([0, 0]);
  });

  test("name and flags", async () => {
    const { press, screen, type } = await open("enter");
    const before = app && group(app);
    await press("shift+tab", "shift+tab", "shift+tab", "ctrl+u");
    await type("0x80");
    await press("ctrl+s");
    expect(app && group(app).flag).toBe(0x80);
    await press("down", "down", "z");
    expect(screen.text()).toContain("Writes the flags 0x1.");
    await press("y");
    expect(app && group(app)).toEqual(before);
  });
});

test("enter and esc take nothing back", async () => {
  const { press } = await open("enter", "2", "s");
  const after = app && group(app);
  await press("z", "enter", "z", "esc");
  expect(app && group(app)).toEqual(after);
  expect(app && stacks(app)).toEqual([1, 0]);
});

test("a new change forgets what was taken back", async () => {
  const { press } = await open("enter", "2", "s", "z", "y");
  expect(app && stacks(app)).toEqual([0, 1]);
  await press("r");
  expect(app && stacks(app)).toEqual([1, 0]);
});

test("an undo that was refused can be tried again", async () => {
  const { press, mock } = await open("enter", "2", "s");
  mock.world().faults.set({ rules: [{ effect: "refuse", error: "BUSY", op: "groupeditmembers", count: 1 }] });
  await press("z", "y");
  expect(app && stacks(app)).toEqual([1, 0]);
  await press("z", "y");
  expect(app && stacks(app)).toEqual([0, 1]);
});

test("without a change there is nothing to take back, and it says so", async () => {
  const { press, screen } = await open("z");
  expect(screen.text()).toContain("There is no change to take back yet.");
  await press("Z");
  expect(screen.text()).toContain("Nothing has been taken back.");
});
