import { createClient } from "@mesibo-groups/core";
import { createServer } from "node:net";
import { describe, expect, test } from "vitest";
import { defaultPolicy } from "../src/config-policy.ts";
import { createUpstream } from "../src/upstream.ts";
import { createMock } from "@mesibo-groups/mock-server";
import { calls, overTwenty } from "./support/calls.ts";
import {
  answering,
  gatewayOver,
  gatewayOverFetch,
  gatewayOverMock,
  problemIn,
  TOKEN,
} from "./support/gateway.ts";
import { listen } from "./support/listen.ts";

test("a connection that is not there in time has sent nothing: a create is not unknown, and may be sent again", async () => {
  // Takes connections, and never says a word of TLS.
  const port = await listen(createServer());
  const url = `https://127.0.0.1:${port}/`;
  const mesibo = { kind: "mesibo", token: TOKEN, url, dialect: undefined } as const;
  const policy = { ...defaultPolicy, connectMs: 300, timeoutMs: 4_000 };
  const { ask } = gatewayOver(createUpstream(mesibo, { policy }));
  const answer = await ask("/v1/groups", { method: "POST", body: { name: "Ops" } });
  expect(problemIn(answer)).toMatchObject({
    status: 503,
    type: "/problems/upstream-unavailable",
    sent: "no",
    retryable: true,
  });
}, 20_000);

// Whatever changes something calls mesibo, and so does an import; the rest is answered from the directory.
const calling = Object.entries(calls)
  .filter(([name]) => name.includes("/v1/group") && !/^GET|route-simulations/.test(name))
  .map(([name, call]) => [name, overTwenty(call)] as const);

describe.each([
  ["AUTHFAIL", 401],
  ["TOKENBREACH", 403],
  ["TOKENBREACH", undefined],
])("after %s %s", (error, code) => {
  const refusing = () =>
    gatewayOverFetch(answering({ error, code, cause: "The app token is invalid.", op: "x", result: false }));

  test.each(calling)("by %s, no further call leaves, whatever the route", async (_, first) => {
    const { ask, sent } = refusing();
    const answer = await ask(first.path, first);
    expect(answer.headers.get("retry-after")).toBeNull();
    expect(problemIn(answer)).toMatchObject({
      status: 503,
      type: "/problems/upstream-latched",
      retryable: false,
      sent: "yes",
      upstream: { error, cause: "The app token is invalid." },
    });
    expect(sent()).toBe(1);

    for (const [, call] of calling) {
      expect(problemIn(await ask(call.path, call))).toMatchObject({
        status: 503,
        type: "/problems/upstream-latched",
        sent: "no",
        upstream: { error },
      });
    }
    expect(sent()).toBe(1);
  });

  test("readiness fails with the reason, and liveness does not", async () => {
    const { ask } = refusing();
    expect((await ask("/readyz")).json).toMatchObject({ status: "ready" });
    await ask("/v1/groups/20", { method: "DELETE" });
    const answer = await ask("/readyz", { headers: { authorization: "" } });
    expect(problemIn(answer)).toMatchObject({
      status: 503,
      type: "/problems/not-ready",
      checks: [
        { ok: true },
        { name: "latch", ok: false, reason: expect.stringContaining(error) },
        { ok: true },
        { ok: true },
      ],
    });
    expect((await ask("/livez")).json).toEqual({ status: "alive" });
    expect((await ask("/v1/flags/17")).status).toBe(200);
  });
});

test("a mock that knows another token only latches the gateway too", async () => {
  const mock = createMock({ tokens: ["another"] });
  const { ask } = gatewayOver(createClient({ token: "wrong", url: mock.url, fetch: mock.fetch }));
  const answer = await ask("/v1/groups", { method: "POST", body: { name: "x" } });
  expect(problemIn(answer)).toMatchObject({ upstream: { error: "AUTHFAIL", code: 401 } });
  expect((await ask("/readyz")).status).toBe(503);
});

test("the form dialect serves the same routes", async () => {
  for (const [name, call] of Object.entries(calls)) {
    const { ask } = gatewayOverMock({ dialect: "form" });
    expect([name, (await ask(call.path, call)).status]).toEqual([name, call.status]);
  }
});

test("a caller who goes away does not stop a change that was asked for", async () => {
  const controller = new AbortController();
  let signal: AbortSignal | null | undefined;
  const { ask, sent } = gatewayOverFetch(async (_, init) => {
    signal = init.signal;
    controller.abort();
    return Response.json({ group: { gid: 20 }, op: "groupadd", result: true });
  });
  const options = { method: "POST", body: { name: "x" }, signal: controller.signal };
  expect((await ask("/v1/groups", options)).status).toBe(201);
  expect([sent(), signal?.aborted]).toEqual([1, false]);
});
