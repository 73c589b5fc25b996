import { createMock, demoSeed } from "@mesibo-groups/mock-server";
import { afterEach, expect, test } from "vitest";
import { CANARY, openApp, type TestApp } from "./support/app.ts";
import type { Fetch } from "./support/fetch.ts";

let app: TestApp | undefined;

afterEach(async () => {
  await app?.close();
  app = undefined;
});

/** A mock behind a wire that fails the next requests, before or after they arrive. */
async function openOnWire(): Promise<
  TestApp & { readonly fail: (...how: readonly ("before" | "after")[]) => void }
> {
  const { fetch } = createMock({ seed: demoSeed, tokens: [CANARY] });
  const failures: ("before" | "after")[] = [];
  const wire: Fetch = async (url, init) => {
    const how = failures.shift();
    if (how === "before") throw new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } });
    const answer = await fetch(url, init);
    if (how === "after") throw new TypeError("fetch failed", { cause: { code: "ECONNRESET" } });
    return answer;
  };
  app = await openApp({ client: { fetch: wire, retries: 0 } });
  return { ...app, fail: (...how) => failures.push(...how) };
}

test("done, refused, not sent and unknown each have a glyph and a word of their own", async () => {
  const { press, type, screen, fail } = await openOnWire();
  await press("enter", "2", "s");
  expect(screen.text()).toContain("✓ done: ");
  fail("before");
  await press("s");
  expect(screen.text()).toContain("∅ not sent: ");
  fail("after");
  await press("s");
  expect(screen.text()).toContain("? unknown: ");
  await press("a");
  await type("nobody");
  await press("enter", "enter");
  expect(screen.text()).toContain("✗ refused: ");
});

test("members that were not sent are told with why", async () => {
  const { press, program, fail } = await openOnWire();
  await press("enter", "2");
  fail("before");
  await press("s");
  expect(program.state().notice).toMatchObject({
    outcome: "not_sent",
    text: "Not sent: alice@example.com. groupeditmembers: not sent (ECONNREFUSED); nothing happened.",
  });
});

test("a group that somebody deletes while members are listed keeps nobody from those of the others", async () => {
  const { fetch } = createMock({ seed: demoSeed, tokens: [CANARY] });
  app = await openApp({
    client: {
      fetch: async (url, init) => {
        if (typeof init.body === "string" && /groupgetmembers.*102530/.test(init.body)) {
          const body = JSON.stringify({ op: "groupdel", token: CANARY, group: { gid: 102530 } });
          await fetch(url, { ...init, body });
        }
        return fetch(url, init);
      },
    },
  });
  const { program } = app;
  expect([...program.state().data.rosters.keys()]).toEqual([102529, 102531, 102532]);
  expect(program.state().notice?.outcome).toBe("refused");
});

test("that a deleted group has no members to list is no news", async () => {
  const { press, type, program } = await openOnWire();
  await press("d");
  await type("102529");
  await press("y");
  const before = program.state().notice;
  expect(before?.text).toBe("Group 102529 is deleted.");
  program.dispatch({
    kind: "failed",
    effect: { kind: "list_members", gids: [102529] },
    failure: { outcome: "refused", text: "This app has no such group." },
  });
  expect(program.state().notice).toEqual(before);
});

test("a toggle that was not done is taken back", async () => {
  const { press, program, fail } = await openOnWire();
  await press("enter", "2");
  const shown = () => program.state().data.rosters.get(102529)?.members[0]?.permissions.send;
  expect(shown()).toBe(true);
  // The look at the server that follows fails too.
  fail("before", "before");
  program.dispatch({ kind: "key", key: { name: "s", text: "s" } });
  expect(shown()).toBe(false);
  await program.idle();
  expect(shown()).toBe(true);
});

test("a toggle whose outcome is unknown says so until the server was asked", async () => {
  const { press, screen, fail } = await openOnWire();
  await press("enter", "2");
  fail("after", "before");
  await press("s");
  expect(screen.text()).toMatch(/▸\? alice@example\.com .* unknown$/m);
  await press("R");
  expect(screen.text()).toMatch(/▸ {2}alice@example\.com +\[ \]/m);
  expect(screen.text()).not.toContain("unknown");
});

test("a group whose making ended unknown is looked for, and not made twice", async () => {
  const { press, type, screen, program, settle, fail } = await openOnWire();
  await press("n");
  await type("Twin");
  fail("after");
  program.dispatch({ kind: "key", key: { name: "ctrl+s" } });
  program.dispatch({ kind: "key", key: { name: "ctrl+s" } });
  await settle();
  expect(program.state().calls.filter(({ op }) => op === "groupadd")).toHaveLength(1);
  expect(screen.text()).toContain("? unknown: ");
  expect(program.state().data.groups?.groups.map(({ name }) => name)).toEqual([
    "News",
    "Support",
    "Team",
    "Lobby",
    "Twin",
  ]);
});

test("old rows stay, marked as stale, when the server cannot be reached", async () => {
  const { press, screen, fail } = await openOnWire();
  fail("before");
  await press("R");
  expect(screen.text()).toContain("STALE, as of 13:05:22");
  expect(screen.text()).toContain("Lobby");
});
