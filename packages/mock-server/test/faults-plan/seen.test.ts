import { createClient, MesiboError, RefusedError, UnknownOutcomeError } from "@mesibo-groups/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMock, startMock, type FaultRule, type Mock, type RunningMock } from "../../src/index.ts";

interface Case {
  readonly rule: FaultRule;
  /** What core's client tells. */
  readonly told: string;
  /** Whether the group is there afterwards. */
  readonly applied: boolean;
  /** What the journal says. */
  readonly journal: string;
}

const cases: readonly Case[] = [
  {
    rule: { effect: "refuse", error: "TOKENBREACH", code: 403 },
    told: "refused, breach: TOKENBREACH",
    applied: false,
    journal: "fault 200: refused with TOKENBREACH",
  },
  {
    rule: { effect: "refuse", error: "BUSY" },
    told: "refused, refused: BUSY",
    applied: false,
    journal: "fault 200: refused with BUSY",
  },
  {
    // mesibo: the old URL answers 502 today (TH, April 2026).
    rule: { effect: "status", status: 502 },
    told: "unknown, protocol: status 502, html",
    applied: false,
    journal: "fault 502: status 502",
  },
  {
    rule: { effect: "status", status: 503, body: "busy", applied: true },
    told: "unknown, protocol: status 503, not json",
    applied: true,
    journal: "done 503: status 503",
  },
  {
    rule: { effect: "html" },
    told: "unknown, protocol: html",
    applied: false,
    journal: "fault 200: HTML instead of JSON",
  },
  {
    rule: { effect: "html", applied: true },
    told: "unknown, protocol: html",
    applied: true,
    journal: "done 200: HTML instead of JSON",
  },
  { rule: { effect: "delay", ms: 30 }, told: "done", applied: true, journal: "done 200: 30 ms late" },
  {
    rule: { effect: "latency", median_ms: 20, sigma: 0 },
    told: "done",
    applied: true,
    journal: "done 200: 20 ms late",
  },
  {
    rule: { effect: "drip", bytes: 7, every_ms: 1 },
    told: "done",
    applied: true,
    journal: "done 200: answered drop by drop",
  },
  {
    rule: { effect: "huge", bytes: 1_000_000 },
    told: "done",
    applied: true,
    journal: "done 200: padded answer",
  },
  {
    rule: { effect: "huge", bytes: 20_000_000 },
    told: "unknown, protocol: answer over 16 MiB",
    applied: true,
    journal: "done 200: padded answer",
  },
  {
    rule: { effect: "truncate" },
    told: "unknown, unknown: answer cut",
    applied: true,
    journal: "done 200: cut answer",
  },
  {
    rule: { effect: "truncate", bytes: 0 },
    told: "unknown, unknown: answer cut",
    applied: true,
    journal: "done 200: cut answer",
  },
  {
    rule: { effect: "close", when: "before" },
    told: "unknown, unknown: ECONNRESET",
    applied: false,
    journal: "fault undefined: closed before it was applied",
  },
  {
    rule: { effect: "close", when: "after" },
    told: "unknown, unknown: ECONNRESET",
    applied: true,
    journal: "done undefined: closed after it was applied",
  },
];

function tell(error: unknown): string {
  if (!(error instanceof MesiboError)) throw error;
  const why =
    error instanceof RefusedError
      ? error.refusal.error
      : error instanceof UnknownOutcomeError
        ? error.reason
        : "";
  return `${error.outcome}, ${error.kind}: ${why}`;
}

let served: RunningMock;
beforeAll(async () => {
  served = await startMock();
});
afterAll(() => served.close());

describe.each([
  ["in process", (): Mock => createMock()],
  ["over a socket", (): Mock => served],
])("what core's client sees %s", (_, mockOf) => {
  test.each(cases)("$rule", async ({ rule, told, applied, journal }) => {
    const mock = mockOf();
    const world = mock.world();
    world.reset();
    world.faults.set({ rules: [rule] });
    const client = createClient({ token: mock.token, url: mock.url, fetch: mock.fetch });
    expect(await client.groups.create({ name: "x" }).then(() => "done", tell)).toBe(told);
    expect(world.groups()).toHaveLength(applied ? 1 : 0);
    expect(world.requests().map(({ result, status, fault }) => `${result} ${status}: ${fault}`)).toEqual([
      journal,
    ]);
  });

  test("an answer that comes drop by drop is whole", async () => {
    const mock = mockOf();
    mock.world().reset();
    mock.world().faults.set({ rules: [{ effect: "drip", bytes: 3, every_ms: 1 }] });
    const answer = await mock.fetch(`${mock.url}?op=groupadd&token=${mock.token}&name=ä`, {});
    expect(await answer.json()).toEqual({ group: { gid: 102529 }, op: "groupadd", result: true });
  });

  test("who hangs up before a late answer has changed the world all the same", async () => {
    const mock = mockOf();
    const world = mock.world();
    world.reset();
    world.faults.set({ rules: [{ effect: "delay", ms: 60 }] });
    const client = createClient({ token: mock.token, url: mock.url, fetch: mock.fetch, timeoutMs: 20 });
    expect(await client.groups.create({ name: "x" }).then(() => "done", tell)).toBe(
      "unknown, unknown: timeout",
    );
    await expect.poll(() => world.groups().length).toBe(1);
  });
});

test("a mock that is closed gives up what waits, and nothing keeps the process", async () => {
  const mock = await startMock();
  mock.world().faults.set({ rules: [{ effect: "delay", ms: 600_000 }] });
  const asked = fetch(`${mock.url}?op=groupadd&token=${mock.token}`).then(
    () => "answered",
    () => "gone",
  );
  await expect.poll(() => mock.world().faults.state().rules[0]?.fired).toBe(1);
  await mock.close();
  expect(await asked).toBe("gone");
});
