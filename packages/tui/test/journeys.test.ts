import { encodeFlags, type CallRecord } from "@mesibo-groups/core";
import { afterEach, expect, test } from "vitest";
import { CANARY, openApp, type TestApp } from "./support/app.ts";

let app: TestApp | undefined;

afterEach(async () => {
  await app?.close();
  app = undefined;
});

async function open(options?: Parameters<typeof openApp>[0]): Promise<TestApp> {
  app = await openApp(options);
  return app;
}

const ops = ({ program }: TestApp): readonly CallRecord["op"][] =>
  program
    .state()
    .calls.toReversed()
    .map(({ op }) => op);

const bodies = ({ program }: TestApp, op: CallRecord["op"]): readonly unknown[] =>
  program
    .state()
    .calls.toReversed()
    .filter((call) => call.op === op)
    .map(({ body }) => JSON.parse(body));

test("a person makes a group with flags, and lands among its members", async () => {
  const { press, type, screen, mock, program } = await open();
  await press("n");
  await type("News team");
  await press(
    "down",
    "down",
    "right",
    "down",
    "right",
    "down",
    "down",
    "space",
    "down",
    "down",
    "down",
    "enter",
  );

  expect(mock.world().groups().at(-1)).toEqual({ gid: 102533, name: "News team", members: [] });
  const flags = program.state().data.groups?.groups.at(-1)?.flags;
  expect(flags && encodeFlags(flags)).toBe(0x91);
  expect(screen.text()).toContain("[2 Members]");
  expect(screen.text()).toContain('✓ done: Group 102533 "News team" is made.');
});

test("a group's end is moved, and it is made inactive only after y", async () => {
  const { press, type, screen, mock } = await open();
  const facts = () => {
    const group = mock.world().snapshot().groups[0];
    return {
      active: group?.active,
      days: Math.round(((group?.expires_at ?? 0) - Date.now() / 1000) / 86_400),
    };
  };
  await press("enter", "down", "down", "down", "down");
  await type("30d");
  await press("ctrl+s");
  expect(facts()).toEqual({ active: true, days: 30 });
  await press("down", "space", "w");
  expect(screen.text()).toContain("The group will be inactive until somebody makes it active again.");
  await press("enter");
  expect(facts().active).toBe(true);
  await press("w", "y");
  expect(facts().active).toBe(false);
  await press("z", "y");
  expect(facts().active).toBe(true);
});

test("a group without a name is not made, and the reason is said", async () => {
  const { press, screen, mock } = await open();
  await press("n", "ctrl+s");
  expect(screen.text()).toContain("A group needs a name: type one in the first field.");
  expect(mock.world().groups()).toHaveLength(4);
});

test("contradictory bits are written only after somebody chose to keep them", async () => {
  const { press, type, program, screen } = await open();
  await press("n");
  await type("Odd");
  await press("shift+tab", "shift+tab", "ctrl+u");
  await type("0x103");
  await press("ctrl+s");
  expect(screen.text()).toContain("The flags contradict themselves");
  expect(program.state().data.groups?.groups).toHaveLength(4);

  await press("k");
  const flags = program.state().data.groups?.groups.at(-1)?.flags;
  expect(flags && encodeFlags(flags)).toBe(0x103);
});

test("contradictory bits can be cleared, and unknown bits stay", async () => {
  const { press, type, program } = await open();
  await press("n");
  await type("Odd");
  await press("shift+tab", "shift+tab", "ctrl+u");
  await type("0x40000103");
  await press("ctrl+s", "c");
  const flags = program.state().data.groups?.groups.at(-1)?.flags;
  expect(flags && encodeFlags(flags)).toBe(0x40000102);
});

test("flags of an open group are written as one call, without its members", async () => {
  const open1 = await open();
  const { press, screen, program } = open1;
  await press("enter", "down", "right", "w");
  expect(bodies(open1, "groupset")).toEqual([
    { op: "groupset", group: { gid: 102529, flags: 17 }, token: "$MESIBO_APP_TOKEN" },
  ]);
  expect(screen.text()).toContain("✓ done: Group 102529 is written.");
  expect(program.state().data.groups?.groups[0]?.flags.receive).toBe("selected");
});

test("opening a group to anyone asks first, and enter does not do it", async () => {
  const open1 = await open();
  const { press, screen } = open1;
  await press("enter", "right", "w");
  expect(screen.text()).toContain("Anyone will be able to send to this group, members or not.");
  await press("enter");
  expect(bodies(open1, "groupset")).toEqual([]);
  await press("w", "y");
  expect(bodies(open1, "groupset")).toHaveLength(1);
});

test("a pasted list of addresses joins with the permissions that were chosen", async () => {
  const { press, program, settle, mock, screen } = await open();
  await press("down", "down", "down", "enter", "2");
  program.dispatch({ kind: "pasted", text: "bob@example.com\ncarol@example.com,dave@example.com\n" });
  await settle();
  await press("enter", "s");
  expect(screen.text()).toContain("3 new, 0 already members, 0 duplicates, 0 invalid");
  await press("enter");
  const permissions = { send: false, receive: true, publish: false, subscribe: false, list: false };
  expect(mock.world().groups()[3]?.members.slice(1)).toEqual(
    ["bob", "carol", "dave"].map((name) => ({ address: `${name}@example.com`, permissions })),
  );
});

test("addresses that are no users are named, and one key makes the users and adds them", async () => {
  const open1 = await open();
  const { press, type, mock, screen } = open1;
  await press("enter", "2", "a");
  await type("zoe erin@example.com yan");
  await press("enter", "enter");

  expect(screen.text()).toContain("zoe and yan are not users of this app, so mesibo refused.");
  expect(screen.text()).toContain("1 done, 2 refused, 0 unknown, 0 not sent.");
  const before = mock
    .world()
    .groups()[0]
    ?.members.map(({ address }) => address);
  expect(before?.slice(4)).toEqual(["erin@example.com"]);

  await press("c");
  expect(ops(open1).slice(-3)).toEqual(["useradd", "useradd", "groupeditmembers"]);
  expect(
    mock
      .world()
      .groups()[0]
      ?.members.slice(5)
      .map(({ address }) => address),
  ).toEqual(["zoe", "yan"]);
  expect(screen.text()).toContain("✓ done: zoe and yan: in the group now.");
});

test("a toggle writes all five permissions of the row, and one call for each set of them", async () => {
  const open1 = await open();
  const { press, mock } = open1;
  await press("enter", "2", "down", "s");
  expect(mock.world().groups()[0]?.members[1]).toEqual({
    address: "bob@example.com",
    permissions: { send: true, receive: true, publish: false, subscribe: true, list: false },
  });

  // alice has every permission and bob has not: taking receive from both needs two calls.
  await press("ctrl+a", "r");
  expect(
    mock
      .world()
      .groups()[0]
      ?.members.map(({ permissions }) => permissions.receive),
  ).toEqual([false, false, false, false]);
  expect(bodies(open1, "groupeditmembers")).toHaveLength(1 + 3);
});

test("removing a member asks, enter keeps it, y removes it", async () => {
  const { press, mock, screen } = await open();
  const addresses = () =>
    mock
      .world()
      .groups()[0]
      ?.members.map(({ address }) => address);
  await press("enter", "2", "down", "d", "enter");
  expect(addresses()).toHaveLength(4);
  await press("d", "y");
  expect(addresses()).toEqual(["alice@example.com", "carol@example.com", "dave@example.com"]);
  expect(screen.text()).toContain("✓ done: bob@example.com: removed.");
});

test("removing everybody asks for the gid", async () => {
  const { press, mock, screen, type } = await open();
  await press("enter", "2", "ctrl+a", "d", "y");
  expect(screen.text()).toContain("Type 102529 first, then y.");
  expect(mock.world().groups()[0]?.members).toHaveLength(4);
  await type("102529");
  await press("y");
  expect(mock.world().groups()[0]?.members).toEqual([]);
});

test("a group is deleted by typing its gid, and by nothing less", async () => {
  const { press, type, mock, screen } = await open();
  const gids = () =>
    mock
      .world()
      .groups()
      .map(({ gid }) => gid);
  await press("d", "y", "enter");
  expect(gids()).toHaveLength(4);
  await press("d");
  await type("102530");
  await press("y");
  expect(gids()).toHaveLength(4);
  await press("ctrl+u");
  await type("102529");
  expect(screen.text()).toContain("Now y: delete it.");
  await press("y");
  expect(gids()).toEqual([102530, 102531, 102532]);
  expect(screen.text()).toContain("✓ done: Group 102529 is deleted.");
});

test("who may send and who receives is shown with the rule, its source and its confidence", async () => {
  const { press, screen } = await open({ columns: 100, rows: 30 });
  await press("enter", "3", "down");
  const text = screen.text();
  expect(text).toContain("Today: 1 of 4 may send, 4 receive.");
  expect(text).toContain("is not accepted, so nobody gets it");
  expect(text).toContain("no. Only selected members may, and this member lacks the permission. (documented:");
  expect(text).toMatch(/\(anyone who is no member\) +may not {3}does not/);
});

test("the simulator takes turns", async () => {
  const { press, screen } = await open();
  const message = (): string | undefined =>
    screen
      .rows()
      .find((row) => row.includes(" message "))
      ?.trim();
  await press("down", "enter", "3");
  const seen = [message()];
  for (let turn = 0; turn < 3; turn += 1) {
    await press("space");
    seen.push(message());
  }
  expect(seen).toEqual([
    "message    goes to erin@example.com",
    "message    goes to +15550100",
    "message    goes to erin@example.com",
    "message    goes to +15550100",
  ]);
});

test("the list of groups is filtered by name and by gid", async () => {
  const { press, type, screen } = await open();
  await press("/");
  await type("o");
  expect(screen.text()).toContain("Groups 2 of 4");
  await press("enter", "down", "enter");
  expect(screen.text()).toContain("› 102532 Lobby");
  await press("esc", "esc");
  expect(screen.text()).toContain("Groups 4 of 4");
  await press("/");
  await type("!102529");
  expect(screen.text()).toContain("Groups 3 of 4");
});

test("every call can be looked at, with the token masked", async () => {
  const { press, screen } = await open();
  await press("enter", "4", "enter");
  expect(screen.text()).toContain('"token": "$MESIBO_APP_TOKEN"');
  expect(screen.raw()).not.toContain(CANARY);
});

test("esc leads back from everywhere, and q quits at the root only", async () => {
  const { press, program, exited } = await open();
  await press("enter", "2", "/", "x", "enter", "?", "esc", "esc", "esc");
  expect(program.state().screen.kind).toBe("groups");
  await press("enter", "q");
  expect(program.state().quit).toBe(false);
  program.dispatch({ kind: "key", key: { name: "q", text: "q" } });
  await exited;
  expect(program.state().quit).toBe(true);
});
