import { createClient, type FetchLike } from "@mesibo-groups/core";
import { createMock } from "@mesibo-groups/mock-server";
import { describe, expect, test } from "vitest";
import { importAll } from "../src/operations/kinds/import-groups.ts";
import { cut, gatewayOver, gatewayOverMock, NOW, problemIn, TOKEN } from "./support/gateway.ts";

const all = { send: true, receive: true, publish: true, subscribe: true, list: true };
const none = { send: false, receive: false, publish: false, subscribe: false, list: false };
const batches = "/v1/groups/102529/member-batches";
const json = { "content-type": "application/json" };

/** What comes of a call: 1 is the first one after the start. */
type Deliver = (count: number, deliver: () => ReturnType<FetchLike>) => ReturnType<FetchLike>;

/** A gateway over a mock with many users and a group without members. Calls are counted, and pass through `way`. */
function gatewayWithUsers(users: readonly string[], way: Deliver = (_, deliver) => deliver()) {
  const mock = createMock({ seed: { users, groups: [{ name: "Big" }] }, tokens: [TOKEN], now: () => NOW });
  let calls: number | undefined;
  const fetch: FetchLike = (url, init) => {
    const deliver = () => mock.fetch(url, init);
    if (calls === undefined) return deliver();
    calls += 1;
    return way(calls, deliver);
  };
  const client = createClient({ token: TOKEN, url: mock.url, fetch, retries: 0, quietMs: 0 });
  const gateway = gatewayOver(client, async (engine) => {
    await importAll(engine);
    calls = 0;
  });
  return { ...gateway, mock, calls: () => calls };
}

const addressesOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `u${index}`);

/** Every hundredth address, at no fixed place within its hundred. */
const isStranger = (index: number): boolean => index % 100 === (Math.floor(index / 100) * 37) % 100;

describe("10,000 members, one in a hundred of whom is no user", () => {
  test(
    "all 100 are named, with at most 1,400 calls, and everybody else is a member",
    { timeout: 60_000 },
    async () => {
      const addresses = addressesOf(10_000);
      const strangers = addresses.filter((_, index) => isStranger(index));
      const users = addresses.filter((_, index) => !isStranger(index));
      const { ask, mock, calls } = gatewayWithUsers(users);
      const body = addresses.map((address) => `${JSON.stringify({ address, permissions: all })}\n`).join("");
      const headers = { "content-type": "application/x-ndjson" };
      const accepted = await ask(batches, { method: "POST", body, headers });
      expect(accepted.status).toBe(202);
      const path = accepted.headers.get("location") ?? "";
      await expect
        .poll(async () => (await ask(path)).json, { timeout: 50_000, interval: 200 })
        .toMatchObject({
          state: "partial",
          progress: { total: 10_000, succeeded: 9_900, failed: 100, unknown: 0, skipped: 0, stopped: null },
        });
      const refused = (await ask(`${path}/items?status=refused&limit=1000`)).json as {
        items: { address: string }[];
      };
      expect(strangers).toHaveLength(100);
      expect(refused.items.map(({ address }) => address)).toEqual(strangers);
      expect(calls()).toBeLessThanOrEqual(1_400);
      expect(mock.world().groups()[0]?.members).toHaveLength(9_900);
    },
  );
});

describe("stopping a list", () => {
  test("starts at most one more call, and leaves the rest skipped", async () => {
    const addresses = addressesOf(2_000);
    const third = Promise.withResolvers<void>();
    const cancelled = Promise.withResolvers<void>();
    const gateway = gatewayWithUsers(addresses, async (count, deliver) => {
      if (count === 3) {
        third.resolve();
        await cancelled.promise;
      }
      return deliver();
    });
    const body = { permissions: all, items: addresses.map((address) => ({ address })) };
    const accepted = await gateway.ask(batches, { method: "POST", body });
    const path = accepted.headers.get("location") ?? "";
    await third.promise;
    const answer = await gateway.ask(`${path}/cancellation`, { method: "POST" });
    expect([answer.status, answer.json]).toMatchObject([202, { state: "sending" }]);
    cancelled.resolve();
    await expect
      .poll(async () => (await gateway.ask(path)).json)
      .toMatchObject({
        state: "partial",
        progress: { succeeded: 300, skipped: 1_700, calls: 3, stopped: { reason: "cancelled" } },
      });
    expect(gateway.calls()).toBe(3);
    expect((await gateway.ask(`${path}/cancellation`, { method: "POST" })).status).toBe(202);
    const replayed = (await gateway.ask(`${path}/items?status=skipped&limit=1`)).json;
    expect(replayed).toMatchObject({ items: [{ position: 300, address: "u300" }] });
  });

  test("by hanging up stops what is answered within the request, and nothing else", async () => {
    const addresses = addressesOf(500);
    const second = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    const gateway = gatewayWithUsers(addresses, async (count, deliver) => {
      if (count === 2) {
        second.resolve();
        await left.promise;
      }
      return deliver();
    });
    const controller = new AbortController();
    const body = { permissions: all, items: addresses.map((address) => ({ address })) };
    const asking = gateway.ask(batches, { method: "POST", body, signal: controller.signal });
    await second.promise;
    controller.abort();
    left.resolve();
    await asking.catch(() => undefined);
    await expect
      .poll(async () => (await gateway.ask("/v1/operations")).json)
      .toMatchObject({
        items: [
          {
            state: "partial",
            progress: { succeeded: 200, skipped: 300, stopped: { reason: "caller_left" } },
          },
        ],
      });
    expect(gateway.calls()).toBe(2);
  });
});

describe("a lost answer", () => {
  const body = { permissions: all, items: addressesOf(300).map((address) => ({ address })) };

  /** The second call is done, and its answer lost. */
  const losing = () =>
    gatewayWithUsers(addressesOf(300), async (count, deliver) => {
      const answer = await deliver();
      return count === 2 ? cut() : answer;
    });

  test("leaves its batch unknown and sends nothing more, until somebody settles it", async () => {
    const { ask } = losing();
    const answer = await ask(batches, { method: "POST", body });
    expect(answer.json).toMatchObject({
      succeeded: 100,
      unknown: 100,
      skipped: 100,
      calls: 2,
      stopped: { reason: "unknown_outcome" },
    });
    const { operation = "" } = answer.json as { operation?: string };
    expect((await ask(operation)).json).toMatchObject({ state: "unknown" });
    const settled = await ask(`${operation}/resolutions`, { method: "POST", body: { outcome: "happened" } });
    expect(settled.json).toMatchObject({
      state: "resolved",
      progress: { succeeded: 200, unknown: 0, skipped: 100 },
    });
    const members = (await ask("/v1/groups/102529/members?limit=1000")).json as { items: unknown[] };
    expect(members.items).toHaveLength(200);
  });

  test("that is found not to have happened changes nothing here", async () => {
    const { ask } = losing();
    const { operation = "" } = (await ask(batches, { method: "POST", body })).json as { operation?: string };
    const verdict = { outcome: "did_not_happen" };
    expect((await ask(`${operation}/resolutions`, { method: "POST", body: verdict })).json).toMatchObject({
      state: "resolved",
      progress: { succeeded: 100, unknown: 0, skipped: 200 },
    });
  });
});

test("a repetition whose own answer is lost names its operation, which can be settled again", async () => {
  let lossy = true;
  const { ask } = gatewayWithUsers(["ann"], async (_, deliver) => {
    const answer = await deliver();
    return lossy ? cut() : answer;
  });
  const body = { permissions: all, items: [{ address: "ann" }] };
  const lost = await ask(batches, { method: "POST", body });
  const { operation = "" } = lost.json as { operation?: string };
  expect(lost.json).toMatchObject({ unknown: 1 });
  const retry = { method: "POST", body: { outcome: "retried" } } as const;
  const again = await ask(`${operation}/resolutions`, retry);
  expect(again.headers.get("location")).toBe(operation);
  expect(again.json).toMatchObject({
    type: "/problems/upstream-outcome-unknown",
    may_have_happened: true,
    operation,
  });
  expect((await ask(operation)).json).toMatchObject({ state: "unknown" });
  lossy = false;
  expect((await ask(`${operation}/resolutions`, retry)).json).toMatchObject({ state: "resolved" });
});

describe("a desired list", () => {
  const members = "/v1/groups/102529/members";
  const wanted = {
    members: [
      { address: "bob", permissions: all },
      { address: "carol", permissions: none },
    ],
  };

  test("shows the difference and calls nobody, with an ETag that holds until the members change", async () => {
    const { ask, client } = gatewayOverMock();
    const dry = await ask(`${members}?dry_run=true`, { method: "PUT", body: wanted });
    expect([dry.status, dry.json]).toEqual([
      200,
      { gid: 102529, added: ["carol"], updated: ["bob"], removed: ["alice"], unchanged: 0 },
    ]);
    const etag = dry.headers.get("etag") ?? "";
    await ask(`${members}/dave%2Fops`, { method: "PUT", body: { permissions: none } });
    const headers = { ...json, "if-match": etag };
    const stale = await ask(`${members}?max_removals=9`, { method: "PUT", body: wanted, headers });
    expect(problemIn(stale)).toMatchObject({ type: "/problems/version-mismatch" });
    await ask(`${members}/dave%2Fops`, { method: "DELETE" });
    const done = await ask(`${members}?max_removals=1`, { method: "PUT", body: wanted, headers });
    expect([done.status, done.json]).toMatchObject([
      207,
      {
        total: 3,
        succeeded: 3,
        items: [
          { address: "carol", status: "added" },
          { address: "bob", status: "updated" },
          { address: "alice", status: "removed" },
        ],
      },
    ]);
    const told = await client.members.list({ gid: 102529 });
    expect(told.map(({ address, permissions }) => ({ address, permissions }))).toMatchObject([
      { address: "bob", permissions: all },
      { address: "carol", permissions: none },
    ]);
    const again = await ask(members, { method: "PUT", body: wanted });
    expect([again.status, again.json]).toMatchObject([207, { total: 0, calls: 0, items: [] }]);
  });

  test("removes nobody beyond max_removals, which is 0 unless it is given", async () => {
    const { ask, mock } = gatewayOverMock();
    for (const path of [members, `${members}?max_removals=1`]) {
      const answer = await ask(path, { method: "PUT", body: { members: [] } });
      expect(problemIn(answer)).toMatchObject({
        status: 409,
        type: "/problems/removals-over-cap",
        removals: 2,
      });
    }
    expect(mock.world().groups()[0]?.members).toHaveLength(2);
    expect((await ask(`${members}?max_removals=2`, { method: "PUT", body: { members: [] } })).status).toBe(
      207,
    );
    expect(mock.world().groups()[0]?.members).toHaveLength(0);
  });
});
