import { randomUUID } from "node:crypto";
import { createClient, type ClientOptions, type FetchLike } from "@mesibo-groups/core";
import { describe, expect, test } from "vitest";
import { defaultPolicy } from "../src/config-policy.ts";
import {
  bodyOf,
  failing,
  gatewayOver,
  KEY,
  problemIn,
  TOKEN,
  type Ask,
  type TestGateway,
} from "./support/gateway.ts";

const over = (fetch: FetchLike, options: Partial<ClientOptions> = {}): TestGateway =>
  gatewayOver(createClient({ token: TOKEN, url: "http://mesibo.test/", fetch, retries: 0, ...options }));

const create = { method: "POST", body: { name: "x" } };

/** Lets requests come, and answers them when it is told to. */
function doors() {
  const waiting: (() => void)[] = [];
  const fetch: FetchLike = () =>
    new Promise((resolve) => {
      waiting.push(() => resolve(Response.json({ group: { gid: 20 }, op: "groupadd", result: true })));
    });
  return { fetch, waiting };
}

describe("calls of mesibo", () => {
  test("that find no place in the queue are told when to come back, and are free to come back", async () => {
    const { fetch, waiting } = doors();
    const { ask, engine } = over(fetch, { maxInFlight: 1, maxQueued: 1 });
    const first = ask("/v1/groups", create);
    await expect.poll(() => waiting.length).toBe(1);
    const second = ask("/v1/groups", create);
    const { client } = await engine();
    await expect.poll(() => client.state().queued).toBe(1);
    const key = { "idempotency-key": "k" };
    const third = await ask("/v1/groups", { ...create, headers: key });
    expect(third.headers.get("retry-after")).toBe("1");
    expect(problemIn(third)).toMatchObject({
      status: 503,
      type: "/problems/upstream-unavailable",
      retryable: true,
      sent: "no",
      detail: "groupadd was not sent (too many calls wait for mesibo already); nothing has happened.",
    });
    const metrics = (await ask("/metrics")).text;
    expect(metrics).toContain("gateway_upstream_in_flight 1\n");
    expect(metrics).toContain("gateway_upstream_queued 1\n");

    waiting.shift()?.();
    expect((await first).status).toBe(201);
    await expect.poll(() => waiting.length).toBe(1);
    waiting.shift()?.();
    expect((await second).status).toBe(201);
    const again = ask("/v1/groups", { ...create, headers: key });
    await expect.poll(() => waiting.length).toBe(1);
    waiting.shift()?.();
    expect((await again).status).toBe(201);
  });

  test("of one API key do not keep another one's single read or create waiting, or out", async () => {
    const { fetch, waiting } = doors();
    const names: (string | undefined)[] = [];
    const { ask, engine } = over((url, init) => {
      names.push(/"name":"(\w+)"/.exec(bodyOf(init))?.[1]);
      return fetch(url, init);
    }, defaultPolicy);
    const named = (name: string, key: string): Ask => ({
      method: "POST",
      body: { name },
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
        "idempotency-key": randomUUID(),
      },
    });
    const many = Array.from({ length: 1_000 }, () => ask("/v1/groups", named("Many", KEY)));
    const { client } = await engine();
    await expect.poll(() => client.state().queued).toBe(defaultPolicy.maxQueued);

    const single = ask("/v1/groups", named("Single", "another-key"));
    const read = await ask("/v1/groups", { headers: { authorization: "Bearer another-key" } });
    expect(read.status).toBe(200);
    const released = waiting.length + 2;
    for (let open = 0; open < released; open += 1) {
      await expect.poll(() => waiting.length).toBeGreaterThan(0);
      waiting.shift()?.();
    }
    await expect.poll(() => names).toContain("Single");
    await expect
      .poll(() => {
        for (const open of waiting.splice(0)) open();
        return client.state();
      })
      .toMatchObject({ queued: 0, inFlight: 0 });
    expect((await single).status).toBe(201);
    const told = new Set((await Promise.all(many)).map(({ status }) => status));
    expect(told).toEqual(new Set([201, 503]));
    expect(names.indexOf("Single")).toBeLessThan(defaultPolicy.maxInFlight + 2);
  });

  test("stop for 10 seconds when none of them is answered; readiness and metrics say so without asking", async () => {
    let asked = 0;
    const { ask } = over((url, init) => {
      asked += 1;
      return failing("ECONNREFUSED")(url, init);
    });
    for (let call = 0; call < 20; call += 1) await ask("/v1/groups", create);
    const answer = await ask("/v1/groups", create);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(1);
    expect(problemIn(answer)).toMatchObject({ type: "/problems/upstream-unavailable", sent: "no" });
    expect((await ask("/readyz")).json).toMatchObject({
      status: "ready",
      checks: [
        {},
        {},
        { name: "upstream", ok: true, reason: expect.stringContaining("does not answer") },
        {},
      ],
    });
    const metrics = (await ask("/metrics")).text;
    expect(metrics).toContain('gateway_upstream_breaker{state="open"} 1\n');
    expect(metrics).toContain('gateway_upstream_breaker{state="closed"} 0\n');
    expect(asked).toBe(20);
  });
});
