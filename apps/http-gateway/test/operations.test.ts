import { describe, expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { memoryCells } from "../src/rate/cells.ts";
import { StoreError } from "../src/store/errors.ts";
import { answering, gatewayOverFetch, gatewayOverMock, KEY, problemIn, TOKEN } from "./support/gateway.ts";

const ready = [
  { name: "store", ok: true, reason: "sqlite takes transactions" },
  { name: "latch", ok: true, reason: "mesibo has not refused the token" },
  { name: "upstream", ok: true, reason: "mesibo answers, or was not asked lately" },
  { name: "draining", ok: true, reason: "the gateway takes requests" },
];

describe("readiness", () => {
  test("tells each check with its reason", async () => {
    const { json } = await gatewayOverMock().ask("/readyz", { headers: { authorization: "" } });
    expect(json).toEqual({ status: "ready", checks: ready });
  });

  test("fails with the reason where the store takes nothing, and liveness does not", async () => {
    const gateway = gatewayOverMock();
    const { store } = await gateway.engine();
    const broken = { ...store, write: () => Promise.reject(new StoreError("unavailable", "disk full")) };
    Object.assign(await gateway.engine(), { store: broken });
    expect(problemIn(await gateway.ask("/readyz"))).toMatchObject({
      type: "/problems/not-ready",
      checks: [{ name: "store", ok: false }, ...ready.slice(1)],
    });
    expect((await gateway.ask("/livez")).status).toBe(200);
  });

  test("fails while the gateway ends", async () => {
    const answer = await gatewayOverMock({}, { stopping: AbortSignal.abort() }).ask("/readyz");
    expect(problemIn(answer)).toMatchObject({
      type: "/problems/not-ready",
      checks: [...ready.slice(0, 3), { name: "draining", ok: false, reason: "the gateway is ending" }],
    });
  });
});

test("the version is the package's", async () => {
  expect((await gatewayOverMock().ask("/version")).json).toEqual({ version: packageJson.version, api: "v1" });
});

describe("allowed hosts", () => {
  const { request } = gatewayOverMock({}, { operations: { allowedHosts: ["groups.example.com", "[::1]"] } });
  const headers = { authorization: `Bearer ${KEY}` };

  test.each([
    ["http://groups.example.com/v1/groups", 200],
    ["https://GROUPS.example.com:8443/v1/groups", 200],
    ["http://[::1]:4020/v1/groups", 200],
    ["http://evil.example/v1/groups", 421],
    ["http://groups.example.com.evil.example/v1/groups", 421],
    ["http://169.254.169.254/metrics", 421],
    ["http://evil.example/openapi.json", 421],
    ["http://10.0.0.7/livez", 200],
    ["http://10.0.0.7/readyz", 200],
  ])("%s is %i", async (url, status) => {
    expect((await request(url, { headers })).status).toBe(status);
  });
});

describe("rate limits", () => {
  test("are told in every answer, and a request over them waits as long as it is told", async () => {
    const operations = { rateLimit: { perMinute: 60, burst: 2 } };
    const { ask, mock } = gatewayOverMock({}, { operations });
    const first = await ask("/v1/groups");
    expect([first.headers.get("ratelimit-policy"), first.headers.get("ratelimit")]).toEqual([
      '"requests";q=2;w=2',
      '"requests";r=1;t=1',
    ]);
    expect((await ask("/v1/groups")).headers.get("ratelimit")).toBe('"requests";r=0;t=2');
    const calls = mock.world().groups().length;
    const third = await ask("/v1/groups", { method: "POST", body: { name: "late" } });
    expect(problemIn(third)).toMatchObject({
      type: "/problems/quota-exceeded",
      sent: "no",
      "violated-policies": ["requests"],
    });
    expect([third.headers.get("retry-after"), third.headers.get("ratelimit")]).toEqual([
      "1",
      '"requests";r=0;t=2',
    ]);
    expect(mock.world().groups()).toHaveLength(calls);
    const other = await ask("/v1/groups", { headers: { authorization: "Bearer another-key" } });
    expect(other.status).toBe(200);
  });

  test("do not hold for probes", async () => {
    const { ask } = gatewayOverMock({}, { operations: { rateLimit: { perMinute: 1, burst: 1 } } });
    for (let times = 0; times < 5; times += 1) {
      const answer = await ask("/livez");
      expect([answer.status, answer.headers.get("ratelimit")]).toEqual([200, null]);
    }
  });

  test("let exactly the burst and then one for each interval pass", async () => {
    const cells = memoryCells({ perMinute: 60, burst: 5 });
    let passed = 0;
    for (let at = 0; at < 10_000; at += 100) passed += Number((await cells.take("a", at)).allowed);
    expect(passed).toBe(5 + 9);
  });

  test("forget the cells that are full again", async () => {
    const cells = memoryCells({ perMinute: 60, burst: 5 });
    for (let cell = 0; cell < 10_000; cell += 1) await cells.take(`${cell}`, 0);
    await cells.take("later", 60_000);
    expect(cells.size()).toBe(1);
  });
});

describe("metrics", () => {
  test("count requests, calls and operations, and name no group, address, key or token", async () => {
    const { ask } = gatewayOverMock({}, { operations: { rateLimit: { perMinute: 60, burst: 4 } } });
    const headers = { "idempotency-key": "one" };
    await ask("/v1/groups", { method: "POST", body: { name: "Ops" }, headers });
    await ask("/v1/groups", { method: "POST", body: { name: "Ops" }, headers });
    await ask("/v1/groups/102529/members/alice");
    await ask("/v1/groups/102529/members/zelda");
    await ask("/v1/groups");
    await ask("/nowhere/alice");
    const { text, headers: answered } = await ask("/metrics");
    expect(answered.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const lines = text.split("\n");
    for (const line of [
      'gateway_requests_total{route="/v1/groups",method="POST",status="201"} 2',
      'gateway_requests_total{route="/v1/groups/{gid}/members/{address}",method="GET",status="404"} 1',
      'gateway_requests_total{route="/v1/groups",method="GET",status="429"} 1',
      'gateway_requests_total{route="none",method="GET",status="404"} 1',
      "gateway_idempotency_replays_total 1",
      "gateway_rate_denials_total 1",
      'gateway_operations{state="succeeded"} 1',
      'gateway_operations{state="unknown"} 1',
      "gateway_latched 0",
      "gateway_draining 0",
      'gateway_request_duration_seconds_count{route="/v1/groups",method="POST"} 2',
    ]) {
      expect(lines).toContain(line);
    }
    expect(text).not.toMatch(new RegExp(`alice|zelda|102529|${KEY}|${TOKEN}`));
  });

  test("are lines as Prometheus reads them", async () => {
    const { ask } = gatewayOverMock();
    await ask("/v1/groups");
    const { text } = await ask("/metrics");
    for (const line of text.trimEnd().split("\n")) {
      expect(line).toMatch(
        /^(?:# (?:HELP|TYPE) \w+ .+|\w+(?:\{\w+="[^"\n]*"(?:,\w+="[^"\n]*")*\})? -?[\d.e+-]+)$/,
      );
    }
  });

  test.each([
    ["", 401],
    ["Bearer wrong", 401],
    [`Bearer ${KEY}`, 401],
    ["Bearer canary-metrics", 200],
  ])("with a token of their own answer %j with %i", async (authorization, status) => {
    const { ask } = gatewayOverMock({}, { operations: { metricsToken: "canary-metrics" } });
    const answer = await ask("/metrics", { headers: { authorization } });
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain("canary-metrics");
  });
});

describe("a gateway that ends", () => {
  test("refuses what comes with draining, closes behind it, and calls nobody", async () => {
    const stopper = new AbortController();
    const { ask, sent } = gatewayOverFetch(answering({ result: true }), { stopping: stopper.signal });
    await ask("/v1/groups/20", { method: "PATCH", body: { name: "before" } });
    expect(sent()).toBe(1);
    stopper.abort();
    const answer = await ask("/v1/groups/20", { method: "PATCH", body: { name: "after" } });
    expect(problemIn(answer)).toMatchObject({ type: "/problems/draining", retryable: true, sent: "no" });
    expect([answer.headers.get("connection"), answer.headers.get("retry-after")]).toEqual(["close", "1"]);
    expect((await ask("/livez")).headers.get("connection")).toBe("close");
    expect(sent()).toBe(1);
  });

  test("sends nothing for a request that was waiting for its turn, and says so", async () => {
    const stopper = new AbortController();
    const first = Promise.withResolvers<Response>();
    const arrived = Promise.withResolvers<void>();
    const { ask, sent } = gatewayOverFetch(
      () => {
        arrived.resolve();
        return first.promise;
      },
      { stopping: stopper.signal },
    );
    const running = ask("/v1/groups/20", { method: "PATCH", body: { name: "one" } });
    await arrived.promise;
    const waiting = ask("/v1/groups/20", { method: "PATCH", body: { name: "two" } });
    await ask("/livez");
    stopper.abort();
    first.resolve(Response.json({ group: { gid: 20 }, op: "groupset", result: true }));
    expect((await running).status).toBe(200);
    expect(problemIn(await waiting)).toMatchObject({ type: "/problems/draining", sent: "no" });
    expect(sent()).toBe(1);
    expect((await ask("/metrics")).text).toContain("gateway_draining 1");
  });
});
