import { createMock, demoSeed, startMock, type Mock } from "@mesibo-groups/mock-server";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { createControl, type Control } from "../src/control/control.ts";
import { noDesk } from "../src/desk/desk.ts";
import { saveNew } from "../src/desk/save.ts";
import { openSession } from "../src/session.ts";
import { home } from "./profile/support.ts";
import { CANARY, openApp, type OpenOptions, type TestApp } from "./support/app.ts";

async function open(options?: OpenOptions): Promise<TestApp> {
  const app = await openApp({ seed: demoSeed, ...options });
  onTestFinished(() => app.close());
  return app;
}

test("the journal tells what the mock was asked and why it answered so, newest first", async () => {
  const { press, screen } = await open();
  await press("4");
  expect(screen.text()).toContain("groupsget was done.");
  await press("end", "enter");
  expect(screen.text()).toContain("[curl]  vitest");
  expect(screen.text()).toContain("curl -sS");
  await press("]");
  expect(screen.text()).toContain("[vitest]");
  expect(screen.raw()).not.toContain(CANARY);
});

test("a clock that is advanced ends groups, and the list of groups knows", async () => {
  const { press, type, screen, mock, program } = await open();
  await press("4", "2", "f");
  expect(mock.world().clock.frozen()).toBe(true);
  expect(screen.text()).toContain("The clock stands still.");
  await press("a");
  await type("2y");
  await press("enter");
  expect(mock.world().groups()).toEqual([]);
  expect(program.state().data.groups?.groups).toEqual([]);
  await press("n");
  expect([mock.world().clock.frozen(), mock.world().clock.ahead()]).toEqual([false, 0]);
});

test("the end of the next group is one key away", async () => {
  const seed = { users: [], groups: [{ name: "Short" }, { name: "Long" }] };
  const { press, mock } = await open({ seed });
  await mock.fetch(`${mock.url}?op=groupset&gid=102529&expiry=60&token=${CANARY}`, {});
  await press("4", "2", "e");
  expect(
    mock
      .world()
      .groups()
      .map(({ name }) => name),
  ).toEqual(["Long"]);
});

test("a fault is injected by a form, met, counted and removed", async () => {
  const { press, type, screen, mock, program } = await open({ client: { retries: 0 } });
  await press("4", "3", "n", ...Array.from({ length: 6 }, () => "right"), "tab", "right", "tab");
  await press("ctrl+u");
  await type("LIMIT");
  await press("tab", "ctrl+u");
  await type("429");
  await press("ctrl+s");
  expect(mock.world().faults.state()).toMatchObject({
    seed: 1,
    rules: [{ rule: { effect: "refuse", error: "LIMIT", code: 429, op: "groupadd" } }],
  });
  await press("esc", "n", ...Array.from("Fresh"), "ctrl+s");
  expect(program.state().notice).toMatchObject({
    outcome: "refused",
    text: expect.stringContaining("LIMIT 429"),
  });
  await press("esc", "4", "3");
  expect(screen.text()).toMatch(/groupadd +refuse error LIMIT code 429 +always +1 +1/);
  await press("d");
  expect(mock.world().faults.state().rules).toEqual([]);
});

test("what cannot be injected is said by the form, or by the mock in its words", async () => {
  const { press, screen, mock, program } = await open();
  await press("4", "3", "n", "tab", "tab", "ctrl+u", "x", "ctrl+s");
  expect(screen.text()).toContain('Status must be a whole number, not "x".');
  await press("ctrl+u", "7", "ctrl+s");
  expect(program.state().notice?.text).toContain("status");
  expect(mock.world().faults.state().rules).toEqual([]);
});

test("a snapshot is taken, compared, restored, and what it replaced is one too", async () => {
  const { press, screen, mock, program } = await open();
  await press("4", "4", "s", "esc", "d", ...Array.from("102529"), "y", "4", "4", "enter");
  expect(screen.text()).toContain("groups that are gone: 102529.");
  await press("esc", "r");
  const gids = (): readonly number[] =>
    mock
      .world()
      .groups()
      .map(({ gid }) => gid);
  expect(gids()).toContain(102529);
  expect(program.state().data.groups?.groups.map(({ gid }) => gid)).toContain(102529);
  expect(program.state().mock.saved.map(({ name }) => name)).toEqual(["before snapshot 1", "snapshot 1"]);
  await press("home", "r");
  expect(gids()).not.toContain(102529);
});

test("a snapshot becomes a file that the mock can read", async () => {
  const into = await mkdtemp(join(tmpdir(), "mesibo-world-"));
  onTestFinished(() => rm(into, { recursive: true }));
  const desk = { ...noDesk, save: (name: string, text: string) => saveNew(into, { name, text }) };
  const { press, program } = await open({ desk });
  await press("4", "4", "s", "w", "1", "x", "X");
  expect(program.state().notice?.text).toMatch(/^Wrote the journal to .*\.test\.ts\.$/);
  const world = await readFile(join(into, "mesibo-world-2026-11-23-13-05-22.json"), "utf8");
  const other = createMock();
  other.world().restore(JSON.parse(world));
  expect(other.world().groups()).toHaveLength(4);
  const har = await readFile(join(into, "mesibo-journal-2026-11-23-13-05-22.har"), "utf8");
  expect(JSON.parse(har)).toMatchObject({ log: { version: "1.2" } });
  expect(world + har).not.toContain(CANARY);
});

test("a fork is a world of its own, and a token that the mock does not know is refused", async () => {
  const { press, type, program } = await open();
  await press("4", "4", "f");
  await type("copy");
  await press("enter");
  expect(program.state().notice).toMatchObject({ outcome: "refused" });

  const mock = createMock({ seed: demoSeed });
  const control = createControl({ ...mock, fetch: (request) => mock.fetch(request) });
  await control.read(0);
  await control.fork("copy");
  const names = (token: string): number => mock.world(token).groups().length;
  expect([names("copy"), names(mock.token)]).toEqual([4, 4]);
});

test("an open request of the journal stays in front while others come", async () => {
  const { press, screen, mock, program, settle } = await open();
  await press("4", "enter");
  const before = screen.rows();
  await mock.fetch(`${mock.url}?op=groupadd&token=${CANARY}&name=Elsewhere`, {});
  program.dispatch({ kind: "watch_due" });
  await settle();
  expect(program.state().mock.requests).toHaveLength(6);
  expect(screen.rows()).toEqual(before);
});

test("the journal is looked at again by itself while it is in front", async () => {
  const { press, screen, mock } = await open();
  await press("4");
  await mock.fetch(`${mock.url}?op=groupadd&token=${CANARY}&name=Elsewhere`, {});
  await vi.waitFor(() => expect(screen.text()).toContain("6 requests"), { timeout: 20_000 });
  expect(screen.text()).toContain("groupadd was done.");
});

/** The control of a mock over HTTP, by a profile. */
async function overHttp(options: { readonly control?: boolean }): Promise<{ control: Control; mock: Mock }> {
  const mock = await startMock({ seed: demoSeed, tokens: [CANARY], ...options });
  onTestFinished(() => mock.close());
  const { around, write } = await home({
    version: 1,
    profiles: { local: { kind: "mock", url: mock.url, token_file: "token" } },
  });
  await write(".config/mesibo-groups/token", CANARY);
  const { control } = await openSession({ around, flags: { profile: "local" } });
  if (control === undefined) throw new Error("no control");
  return { control, mock };
}

test("a mock over HTTP has the same screen", async () => {
  const { control, mock } = await overHttp({});
  const { press, screen } = await open({ control });
  await press("4", "2", "f");
  expect(mock.world().clock.frozen()).toBe(true);
  await press("5");
  expect(screen.text()).toMatch(/mesibo-mock .* seed demo/);
});

test("a mock without a control API, and one that is gone, say so and what to do", async () => {
  const { control } = await overHttp({ control: false });
  const { press, screen } = await open({ control });
  await press("4");
  expect(screen.text()).toContain("This server answers no control API.");
  const gone = await open({
    control: createControl({ fetch: (request) => fetch(request), url: "http://127.0.0.1:9/", token: CANARY }),
  });
  await gone.press("4");
  expect(gone.screen.text()).toContain("The mock cannot be reached.");
});

test("who is no mock is not asked, and the palette says why", async () => {
  const { press, program } = await open({ connection: { name: "live", kind: "mesibo" } });
  await press("4");
  expect(program.state().screen.kind).toBe("groups");
  expect(program.state().notice?.text).toBe(
    "live is no mock: only a mock has a journal, a clock, faults and snapshots.",
  );
});

test("a read-only profile changes nothing in the mock, and can look at everything", async () => {
  const { press, mock, program } = await open({ connection: { readOnly: "config.json" } });
  await press("4", "2", "f", "4", "s", "enter");
  expect(mock.world().clock.frozen()).toBe(false);
  expect(program.state().dialog).toMatchObject({ kind: "message" });
  await press("esc", "r");
  expect(program.state().notice?.text).toContain("is read-only");
});
