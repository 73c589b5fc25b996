import { allPermissions, noPermissions } from "@mesibo-groups/core";
import { describe, expect, test } from "vitest";
import { planEdits } from "../../src/bulk/plan.ts";
import { retryJob } from "../../src/bulk/retry.ts";
import { runPlan, type JobProgress } from "../../src/bulk/run.ts";
import { gid, openPlace, puts, users } from "./support.ts";
import type { Fetch } from "../support/fetch.ts";

const addresses = users(250);

test("members with equal permissions share calls, removals go last, and all five permissions are sent", async () => {
  const { client, members, mock } = openPlace({
    users: [...addresses, "old"],
    members: [{ address: "old" }],
  });
  const edits = [
    { kind: "remove", line: undefined, address: "old" } as const,
    ...puts(addresses).map((put, index) => (index % 2 === 0 ? put : { ...put, permissions: allPermissions })),
  ];
  const result = await runPlan({ client, gid, plan: planEdits(edits) });
  expect({ ...result, done: result.done.length }).toEqual({
    done: 251,
    refused: [],
    unknown: [],
    notSent: [],
    calls: 5,
  });
  expect(members()).toEqual([
    ...addresses
      .filter((_, index) => index % 2 === 0)
      .map((address) => ({ address, permissions: noPermissions })),
    ...addresses
      .filter((_, index) => index % 2 === 1)
      .map((address) => ({ address, permissions: allPermissions })),
  ]);
  const bodies = mock
    .world()
    .requests()
    .map(({ op }) => op);
  expect(bodies).toEqual(Array.from({ length: 5 }, () => "groupeditmembers"));
});

test("progress counts over all steps", async () => {
  const { client } = openPlace({ users: addresses.slice(1) });
  const progress: JobProgress[] = [];
  const plan = planEdits([...puts(addresses.slice(0, 2)), ...puts(addresses.slice(2), allPermissions)]);
  await runPlan({ client, gid, plan }, { onProgress: (step) => progress.push(step) });
  expect(progress).toEqual(
    [
      { calls: 1, done: 0, refused: 0 },
      { calls: 2, done: 0, refused: 0 },
      { calls: 3, done: 1, refused: 1 },
      { calls: 4, done: 101, refused: 1 },
      { calls: 5, done: 201, refused: 1 },
      { calls: 6, done: 249, refused: 1 },
    ].map((step) => ({ ...step, unknown: 0, planned: 4, total: 250 })),
  );
});

test("who is refused is named with the line and mesibo's words, and can be sent again alone", async () => {
  const { client, mock } = openPlace({ users: ["a", "c"] });
  const result = await runPlan({ client, gid, plan: planEdits(puts(["a", "b", "c"])) });
  const [failed] = result.refused;
  expect(failed?.edit).toEqual({ kind: "put", line: 2, address: "b", permissions: noPermissions });
  expect(failed?.reason).toContain("BADUSER");
  expect(result.done.map(({ address }) => address)).toEqual(["a", "c"]);

  const again = retryJob(result);
  expect(again).toEqual({ ...planEdits(puts(["a", "b", "c"]).slice(1, 2)), strict: true });
  await client.users.create({ address: "b" });
  expect(await runPlan({ client, gid, plan: again })).toMatchObject({
    done: [{ line: 2, address: "b" }],
    calls: 1,
  });
  expect(mock.world().groups()[0]?.members).toHaveLength(3);
});

test("who could not be told from the others within the cap is told so", async () => {
  const { client } = openPlace({ users: users(3) });
  const plan = planEdits(puts(users(4)));
  const { refused, calls } = await runPlan({ client, gid, plan }, { isolationCalls: 0 });
  expect(calls).toBe(1);
  expect(
    refused.map(({ edit, reason }) => [edit.address, reason.startsWith("Refused together with others: ")]),
  ).toEqual(users(4).map((address) => [address, true]));
});

test("the cap on isolating counts for the job, not for each set of permissions", async () => {
  const { client } = openPlace({ users: [] });
  const plan = planEdits([...puts(["a", "b"]), ...puts(["c", "d"], allPermissions)]);
  const { calls, refused } = await runPlan({ client, gid, plan }, { isolationCalls: 2 });
  expect(calls).toBe(4);
  expect(refused).toHaveLength(4);
});

/** Cuts the connection of one call, before or after it arrives. */
const cut =
  (call: number, how: "before" | "after") =>
  (fetch: Fetch): Fetch => {
    let calls = 0;
    return async (url, init) => {
      calls += 1;
      if (calls === call && how === "before")
        throw new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } });
      const answer = await fetch(url, init);
      if (calls === call) throw new TypeError("fetch failed", { cause: { code: "ECONNRESET" } });
      return answer;
    };
  };

describe("a call that brings no answer", () => {
  test("is unknown, neither failed nor done, and nothing goes out behind it", async () => {
    const { client, calls, members } = openPlace({ users: addresses, wire: cut(2, "after") });
    const plan = planEdits([...puts(addresses.slice(0, 240)), ...puts(addresses.slice(240), allPermissions)]);
    const { done, refused, unknown, notSent } = await runPlan({ client, gid, plan });
    expect([done.length, refused.length, unknown.length, notSent.length]).toEqual([100, 0, 100, 50]);
    expect(unknown[0]).toEqual({
      edit: puts(addresses)[100],
      reason: expect.stringContaining("it may have happened") as string,
    });
    expect(new Set(notSent.map(({ reason }) => reason))).toEqual(
      new Set([`Not sent: the job stopped. ${unknown[0]?.reason}`]),
    );
    expect(calls()).toBe(2);
    expect(members()).toHaveLength(200);
  });

  test("because it never left is not sent, with all behind it", async () => {
    const { client, calls } = openPlace({ users: addresses, wire: cut(2, "before") });
    const { done, unknown, notSent } = await runPlan({ client, gid, plan: planEdits(puts(addresses)) });
    expect([done.length, unknown.length, notSent.length]).toEqual([100, 0, 150]);
    expect(notSent[0]?.reason).toContain("ECONNREFUSED");
    expect(calls()).toBe(1);
  });
});

test("a refusal of the group itself stops the job: every other call would be refused as well", async () => {
  const { client, calls } = openPlace({ users: addresses });
  const plan = planEdits([...puts(["u0"]), ...puts(["u1"], allPermissions)]);
  const { refused, notSent } = await runPlan({ client, gid: 999_999, plan });
  expect([refused.length, notSent.length, calls()]).toEqual([1, 1, 1]);
});

test("a list with the app token in it is not sent, and the token is not told", async () => {
  const { client, mock, calls } = openPlace({ users: [], client: {} });
  const result = await runPlan({ client, gid, plan: planEdits(puts([`x${mock.token}`.slice(0, 63)])) });
  expect(calls()).toBe(0);
  expect(result.notSent).toHaveLength(1);
  expect(result.notSent[0]?.reason).not.toContain(mock.token);
});

describe("cancelling", () => {
  test("waits for the call on its way, starts no other, and leaves nothing unknown", async () => {
    const { client, calls, members } = openPlace({ users: addresses });
    const stop = new AbortController();
    const plan = planEdits([...puts(addresses.slice(0, 200)), ...puts(addresses.slice(200), allPermissions)]);
    const result = await runPlan(
      { client, gid, plan },
      { stop: stop.signal, onProgress: () => stop.abort() },
    );
    expect(result.done).toEqual(puts(addresses).slice(0, 100));
    expect([result.refused, result.unknown]).toEqual([[], []]);
    expect(result.notSent).toEqual([
      ...puts(addresses)
        .slice(100, 200)
        .map((edit) => ({ edit, reason: "Not sent: the job was cancelled before." })),
      ...puts(addresses.slice(200), allPermissions).map((edit) => ({
        edit,
        reason: "Not sent: the job was cancelled before.",
      })),
    ]);
    expect([calls(), members().length]).toEqual([1, 100]);
  });

  test("at once leaves the call on its way unknown", async () => {
    const signal = new AbortController();
    const hanging = (): Fetch => (_, init) =>
      new Promise((_, reject) => {
        init.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
        signal.abort();
      });
    const { client } = openPlace({ users: addresses, wire: hanging });
    const result = await runPlan(
      { client, gid, plan: planEdits(puts(addresses)) },
      { signal: signal.signal },
    );
    expect([result.done.length, result.unknown.length, result.notSent.length]).toEqual([0, 100, 150]);
  });

  test("before the start sends nothing", async () => {
    const { client, calls } = openPlace({ users: addresses });
    const result = await runPlan(
      { client, gid, plan: planEdits(puts(addresses)) },
      { signal: AbortSignal.abort() },
    );
    expect([result.notSent.length, result.calls, calls()]).toEqual([250, 0, 0]);
  });
});

test("an empty plan makes no call", async () => {
  const { client, calls } = openPlace({ users: [] });
  expect(await runPlan({ client, gid, plan: planEdits([]) })).toEqual({
    done: [],
    refused: [],
    unknown: [],
    notSent: [],
    calls: 0,
  });
  expect(calls()).toBe(0);
});
