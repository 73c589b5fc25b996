import { noPermissions, type Member } from "@mesibo-groups/core";
import { createMock, type FaultPlan, type Seed } from "@mesibo-groups/mock-server";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Program } from "../src/program.ts";
import { unavailable } from "../src/state/unavailable.ts";
import { CANARY, openApp, type OpenOptions, type TestApp } from "./support/app.ts";
import type { Fetch } from "./support/fetch.ts";

const addresses = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `u${index}`);

const seed: Seed = {
  users: ["old", ...addresses(300)],
  groups: [{ name: "G", members: [{ address: "old", permissions: { list: true } }] }],
};

let app: TestApp | undefined;
let directory = "";

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "mesibo-groups-"));
});

afterEach(async () => {
  await app?.close();
  app = undefined;
  await rm(directory, { recursive: true });
});

/** Opens the app at the members of the first group. */
async function open(options: OpenOptions = {}): Promise<TestApp> {
  app = await openApp({ seed, directory, ...options });
  await app.press("enter", "2");
  return app;
}

async function paste({ program, settle }: TestApp, ...lines: readonly string[]): Promise<void> {
  program.dispatch({ kind: "pasted", text: lines.join("\n") });
  await settle();
}

/** Presses keys one after the other, whatever is still on its way. */
function hit({ dispatch }: Program, ...keys: readonly string[]): void {
  for (const name of keys)
    dispatch({ kind: "key", key: { name, text: name.length === 1 ? name : undefined } });
}

const members = ({ mock }: TestApp): readonly Member[] => mock.world().groups()[0]?.members ?? [];
const names = (of: TestApp): readonly string[] => members(of).map(({ address }) => address);
const calls = ({ program }: TestApp): number =>
  program.state().calls.filter(({ op }) => op === "groupeditmembers").length;
const lost = (when: "before" | "after"): FaultPlan => ({
  rules: [{ effect: "close", when, op: "groupeditmembers", count: 20 }],
});

describe("the source", () => {
  test("may be a file, named with @", async () => {
    await writeFile(join(directory, "list.csv"), "email;send;receive\nu1;yes;no\nu2;no;no\n");
    const { press, type, screen } = await open();
    await press("a");
    await type("@list.csv");
    expect(screen.text()).toContain("Enter reads the file list.csv and looks it over.");
    await press("enter");
    expect(screen.text()).toContain("2 new, 0 already members, 0 duplicates, 0 invalid");
    expect(screen.text()).toContain("2 rows have permissions of their own");
    await press("enter");
    expect(app && members(app).slice(1)).toEqual([
      { address: "u1", permissions: { ...noPermissions, send: true } },
      { address: "u2", permissions: noPermissions },
    ]);
  });

  test("that is a file which cannot be read says why, and is typed again", async () => {
    const { press, type, screen, program } = await open({ columns: 120 });
    await press("a");
    await type("@nosuch.csv");
    await press("enter");
    expect(screen.text()).toContain("nosuch.csv cannot be read: there is no such file.");
    expect(screen.text()).toContain("Type an apostrophe before an address that begins with @.");
    await type("x");
    expect(screen.text()).not.toContain("cannot be read");
    expect(program.state().dialog).toMatchObject({ kind: "bulk", list: undefined });
  });

  test("may hold an address that begins with @, with an apostrophe before it", async () => {
    const { press, type, screen } = await open();
    await press("a");
    await type("'@ann");
    await press("enter");
    expect(screen.text()).toContain("line 1: @ann");
  });

  test("that is read no further than a mistake in its header says so", async () => {
    const opened = await open();
    await paste(opened, "send,receive", "1,0");
    await opened.press("enter");
    expect(opened.screen.text()).toContain("The header names permissions and no address.");
    await opened.press("ctrl+u", ",", "enter");
    expect(opened.screen.text()).toContain("There is no address in the list.");
  });

  test("counts addresses while it is short, and lines where that would take long", async () => {
    const opened = await open();
    await paste(opened, "u1 u2,", "u3");
    expect(opened.screen.text()).toContain("3 addresses. Enter looks it over; nothing is sent yet.");
    await opened.press("esc");
    await paste(opened, ...addresses(5_000), "");
    expect(opened.screen.text()).toContain("5,000 lines, 28,890 characters. Enter looks it over");
  });

  test("a file that comes after the dialog was closed opens nothing", async () => {
    await writeFile(join(directory, "list.csv"), "u1\n");
    const { press, type, program, settle } = await open();
    await press("a");
    await type("@list.csv");
    hit(program, "enter", "esc");
    await settle();
    expect(program.state().dialog).toBeUndefined();
  });
});

describe("the preview", () => {
  test("counts every row once, with the first eight of each kind and their lines", async () => {
    const opened = await open({ rows: 60, columns: 100 });
    await paste(opened, "u0", "old", "u0", "x".repeat(64), ...addresses(20).slice(1));
    await opened.press("enter");
    const text = opened.screen.text();
    expect(text).toContain("20 new, 1 already a member, 1 duplicate, 1 invalid");
    expect(text).toContain("21 members in 1 call of at most 100 members and 6 KiB.");
    expect(text).toContain("mesibo may count each user whom an operation touches as active in this month.");
    expect(text).toMatch(/line 4: x{38}\.\. over 63 bytes/);
    expect(text).toContain("line 2: old");
    expect(text).toContain("line 3: u0, as in line 1; line 1 counts");
    expect(text).toMatch(/line 11: u7 .*\n.*and 12 more/);
    expect(text).not.toContain("line 12: u8");
  });

  test("toggles what the rows do not say, and nothing else", async () => {
    const opened = await open();
    await paste(opened, "address,send", "u1,yes", "u2,no");
    await opened.press("enter", "s", "p", "r");
    expect(opened.screen.text()).toContain("[ ] send [ ] receive [x] publish [ ] subscribe [ ] list");
    await opened.press("enter");
    expect(members(opened).slice(1)).toEqual([
      { address: "u1", permissions: { ...noPermissions, send: true, publish: true } },
      { address: "u2", permissions: { ...noPermissions, publish: true } },
    ]);
  });

  test("is scrolled to its end in the smallest terminal, and no further", async () => {
    const opened = await open({ columns: 60, rows: 15 });
    await paste(opened, ...addresses(20));
    await opened.press("enter");
    expect(opened.screen.text()).not.toContain("and 12 more");
    await opened.press("G");
    expect(opened.screen.text()).toContain("and 12 more");
    const end = opened.program.state().dialog;
    await opened.press("down", "pagedown");
    expect(opened.program.state().dialog).toEqual(end);
    await opened.press("up");
    expect(opened.screen.text()).not.toContain("and 12 more");
  });

  test("a list of which nothing can be sent is shown, and not sent", async () => {
    const opened = await open();
    await paste(opened, "x".repeat(64));
    await opened.press("enter", "enter");
    expect(opened.screen.text()).toContain("No address in the list can be sent.");
    expect(calls(opened)).toBe(0);
  });

  test("esc leads back to the text as it was, and again to the members", async () => {
    const opened = await open();
    await paste(opened, "u1");
    await opened.press("enter", "esc");
    expect(opened.program.state().dialog).toMatchObject({ list: undefined, text: { text: "u1" } });
    await opened.press("esc");
    expect(opened.program.state().dialog).toBeUndefined();
  });
});

/** A wire that holds the calls that edit members until they are let go, one by one. */
function gate(): { readonly fetch: Fetch; readonly letGo: () => void; readonly held: () => number } {
  const mock = createMock({ seed, tokens: [CANARY] });
  const waiting: (() => void)[] = [];
  const fetch: Fetch = async (url, init) => {
    if (typeof init.body === "string" && init.body.includes("groupeditmembers"))
      await new Promise<void>((resolve) => waiting.push(resolve));
    return mock.fetch(url, init);
  };
  return { fetch, letGo: () => waiting.shift()?.(), held: () => waiting.length };
}

describe("a running job", () => {
  test("has its numbers in the status line while the app goes on, and esc stops it after the call", async () => {
    const { fetch, letGo, held } = gate();
    const opened = await open({ client: { fetch }, columns: 120 });
    const { program, shows, screen, settle } = opened;
    program.dispatch({ kind: "pasted", text: addresses(300).join("\n") });
    hit(program, "enter");
    hit(program, "enter");
    await shows("adding 300 members, esc stops after this call");
    letGo();
    await shows("1/3 calls, 100 done, 0 refused, 0 unknown, 0.0 s, esc stops after this call");
    hit(program, "3");
    await shows("Today:");
    expect(screen.text()).toContain("1/3 calls, 100 done, 0 refused, 0 unknown, 0.0 s");
    expect(screen.text()).not.toContain("esc stops");
    hit(program, "2");
    hit(program, "esc");
    await shows("1/3 calls, 100 done, 0 refused, 0 unknown, 0.0 s, stops after this call");
    expect(program.state().screen.kind).toBe("group");
    expect(held()).toBe(1);
    letGo();
    await settle();
    expect(screen.text()).toContain("Stopped: 200 done, 0 refused, 0 unknown, 100 not sent.");
    expect(screen.text()).toContain("100 members: Not sent: the job was cancelled before.");
    expect(program.state().jobs[0]).toMatchObject({
      outcome: "not_sent",
      text: "200 done, 0 refused, 0 unknown, 100 not sent",
    });
  });

  test("is stopped from the jobs screen, and its group takes no other until it has ended", async () => {
    const { fetch, letGo, held } = gate();
    const opened = await open({ client: { fetch } });
    const { program, shows, settle, screen } = opened;
    program.dispatch({ kind: "pasted", text: addresses(300).join("\n") });
    hit(program, "enter", "enter", "a", "u", "enter", "enter");
    expect(program.state().notice?.text).toContain("A job of this group is running.");
    // Before its first call a stop sends nothing at all.
    await vi.waitFor(() => expect(held()).toBe(1), { timeout: 20_000 });
    hit(program, "esc", "esc", "3");
    expect(program.state().screen.kind).toBe("group");
    // Esc stops a job once, and leads back from then on.
    hit(program, "2", "esc", "esc", "3");
    await shows("running: stops");
    hit(program, "enter");
    expect(program.state().dialog).toMatchObject({
      kind: "message",
      title: "Job 101: add 300 members to group 102529",
    });
    hit(program, "esc", "s");
    expect(program.state().notice?.text).toBe("It stops after the call on its way.");
    expect(held()).toBe(1);
    letGo();
    await settle();
    expect(screen.text()).toContain("not sent");
    expect(program.state().dialog).toBeUndefined();
    await opened.press("enter");
    expect(screen.text()).toContain("Stopped: 100 done, 0 refused, 0 unknown, 200 not sent.");
  });
});

describe("the result", () => {
  /** Adds two users and two strangers. */
  async function partial(options: OpenOptions = {}): Promise<TestApp> {
    const opened = await open(options);
    await paste(opened, "u1", "=zoe", "u2", "yan");
    await opened.press("enter", "enter");
    return opened;
  }

  test("names who was refused, with line and reason, and is a job", async () => {
    const opened = await partial({ columns: 120 });
    const text = opened.screen.text();
    expect(text).toContain("2 done, 2 refused, 0 unknown, 0 not sent.");
    expect(text).toMatch(/line 2: =zoe: You can only add valid users; [^)]*BADUSER/);
    expect(text).toMatch(/line 4: yan: /);
    expect(names(opened)).toEqual(["old", "u1", "u2"]);
    await opened.press("esc", "esc", "esc", "3");
    expect(opened.screen.text()).toContain(
      "Add 4 members to group 102529: 2 done, 2 refused, 0 unknown, 0 not sent",
    );
    await opened.press("enter");
    expect(opened.screen.text()).toContain("Job 101: add 4 members to group 102529");
    expect(opened.screen.text()).toContain("2 done, 2 refused");
  });

  test("w writes what was not done as CSV that is read again, and never over another file", async () => {
    const opened = await partial({ columns: 200 });
    await opened.press("w", "w");
    const first = "mesibo-group-102529-job-101-failures.csv";
    expect((await readdir(directory)).toSorted()).toEqual([first.replace(".csv", "-2.csv"), first]);
    const text = await readFile(join(directory, first), "utf8");
    expect(text.split("\n").map((line) => line.split(",").slice(0, 8).join(","))).toEqual([
      "address,send,receive,publish,subscribe,list,line,outcome",
      "'=zoe,true,true,false,false,false,2,refused",
      "yan,true,true,false,false,false,4,refused",
      "",
    ]);
    expect((await stat(join(directory, first))).mode & 0o777).toBe(0o600);
    expect(opened.screen.text()).toContain(`Written to ${join(directory, first.replace(".csv", "-2.csv"))}`);
    await opened.press("esc", "a");
    await opened.type(`@${first}`);
    await opened.press("enter");
    expect(opened.screen.text()).toContain("2 new, 0 already members, 0 duplicates, 0 invalid");
  });

  test("w that fails says where and why", async () => {
    const opened = await partial({ directory: join(directory, "gone"), columns: 200 });
    await opened.press("w");
    expect(opened.screen.text()).toContain("could not be written: there is no such file.");
    expect(opened.screen.text()).toContain("✗ refused: ");
  });

  test("R sends again only those that were not done", async () => {
    const opened = await partial();
    const before = opened.program.state().calls.length;
    await opened.press("R");
    expect(opened.screen.text()).toContain("Job 102: send the rest of job 101: 2 members");
    expect(opened.program.state().jobs[1]).toMatchObject({ id: 101, resolution: "repeated" });
    const bodies = opened.program
      .state()
      .calls.slice(0, -before)
      .filter(({ op }) => op === "groupeditmembers");
    expect(bodies.filter(({ body }) => body.includes("u1") || body.includes("u2"))).toEqual([]);
  });

  test("c makes the missing users and adds them, where the connection may", async () => {
    const opened = await partial();
    await opened.press("c");
    expect(names(opened)).toEqual(["old", "u1", "u2", "=zoe", "yan"]);
    expect(opened.screen.text()).toContain("✓ done: =zoe and yan: in the group now.");
  });

  test("z removes who was added after y, gives changed members their permissions back, and can be cancelled", async () => {
    const opened = await open();
    const before = members(opened);
    await paste(opened, "u1", "old", "nobody");
    await opened.press("enter", "enter");
    expect(members(opened)[0]?.permissions).toEqual({ ...noPermissions, send: true, receive: true });
    await opened.press("z");
    expect(opened.screen.text()).toContain("1 member that it added will be removed.");
    expect(opened.screen.text()).toContain("1 member will have the earlier permissions again.");
    await opened.press("enter");
    expect(opened.program.state().dialog?.kind).toBe("result");
    expect(names(opened)).toEqual(["old", "u1"]);
    await opened.press("z", "y");
    expect(members(opened)).toEqual(before);
    expect(opened.screen.text()).toContain("✓ done: Job 101 is taken back");
    await opened.press("esc", "esc", "3", "down", "enter", "z");
    expect(opened.screen.text()).toContain("There is nothing to take back.");
  });

  test("of a job that is all done is opened from the jobs, and taken back with the gid where many go", async () => {
    const opened = await open();
    await paste(opened, ...addresses(26));
    await opened.press("enter", "enter");
    expect(opened.screen.text()).toContain("✓ done: u0, u1, u2 and 23 more: in the group now.");
    await opened.press("esc", "esc", "3", "enter");
    for (const key of ["w", "R"]) {
      await opened.press(key);
      expect(opened.screen.text()).toContain("Everything was done.");
    }
    await opened.press("c");
    expect(opened.screen.text()).toContain("Nobody was refused for being no user of the app.");
    await opened.press("z", "y");
    expect(opened.screen.text()).toContain("Type 102529 first, then y.");
    await opened.type("102529");
    await opened.press("y");
    expect(names(opened)).toEqual(["old"]);
  });

  test("comes to the front only where nobody is in the middle of something else", async () => {
    const opened = await open();
    const { program, settle, screen } = opened;
    await paste(opened, "u1", "zoe");
    hit(program, "enter", "enter", "1");
    await settle();
    expect(program.state().dialog).toBeUndefined();
    expect(screen.text()).toContain("✗ refused: 1 done, 1 refused, 0 unknown, 0 not sent.");
  });

  test("is scrolled to its end in the smallest terminal", async () => {
    const opened = await open({ columns: 60, rows: 15 });
    await paste(opened, "u1", ...addresses(20).map((name) => `no-${name}`));
    await opened.press("enter", "enter", "G");
    expect(opened.screen.text()).toContain("line 21: no-u19");
    await opened.press("g");
    expect(opened.screen.text()).not.toContain("line 21: no-u19");
  });
});

describe("a job without an answer", () => {
  test.each([
    ["after", ["old", "u1", "u2"], "The server's list of members has the change."],
    ["before", ["old"], "The server's list of members does not have the change."],
  ] as const)(
    "is unknown, and the list of members tells what became of it (%s)",
    async (when, there, words) => {
      const opened = await open({ client: { retries: 0 }, columns: 120 });
      opened.mock.world().faults.set(lost(when));
      await paste(opened, "u1", "u2");
      await opened.press("enter", "enter");
      expect(opened.screen.text()).toContain("0 done, 0 refused, 2 unknown, 0 not sent.");
      expect(opened.screen.text()).toContain(words);
      expect(opened.screen.text()).toContain("Unknown: sent, and no answer came:");
      expect(names(opened)).toEqual(there);
      opened.mock.world().faults.set({ rules: [] });
      await opened.press("R");
      expect(names(opened)).toEqual(["old", "u1", "u2"]);
      expect(opened.screen.text()).toContain("✓ done: u1 and u2: in the group now.");
    },
  );
});

test("a connection that may not make users says so", async () => {
  const opened = await open();
  const { program, press, screen } = opened;
  await paste(opened, "zoe");
  await press("enter", "enter");
  const state = program.state();
  expect(state.connection.canCreateUsers).toBe(true);
  const connection = { ...state.connection, canCreateUsers: false };
  expect(unavailable(state, "create_users")).toBeUndefined();
  expect(unavailable({ ...state, connection }, "create_users")).toBe("This connection may not make users.");
  expect(screen.text()).toContain("c create and add");
});
