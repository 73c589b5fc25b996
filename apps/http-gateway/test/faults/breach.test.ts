import { randomUUID } from "node:crypto";
import { createClient } from "@mesibo-groups/core";
import { startMock } from "@mesibo-groups/mock-server";
import { expect, onTestFinished, test } from "vitest";
import { gatewayOver, TOKEN } from "../support/gateway.ts";
import { startFaultProxy } from "./fault-proxy.ts";

const CALLERS = 32;
const BEFORE = 50;

test("once TOKENBREACH has been read no call leaves, however many ask at once", async () => {
  const mock = await startMock({ tokens: [TOKEN] });
  const proxy = await startFaultProxy(mock.url);
  onTestFinished(async () => {
    await proxy.close();
    await mock.close();
  });
  mock
    .world(TOKEN)
    .faults.set({ rules: [{ effect: "refuse", error: "TOKENBREACH", code: 401, after: BEFORE }] });

  let calls = 0;
  let callsAtBreach: number | undefined;
  const client = createClient({
    token: TOKEN,
    url: new URL("/backend/", proxy.url).href,
    fetch: (url, init) => {
      calls += 1;
      return fetch(url, init);
    },
    onLatch: () => (callsAtBreach = calls),
  });
  const { ask } = gatewayOver(client);
  const answers = new Map<number, number>();
  let left = 600;
  const caller = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const headers = { "content-type": "application/json", "idempotency-key": randomUUID() };
      const { status } = await ask("/v1/groups", { method: "POST", headers, body: { name: "Ops" } });
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));

  expect(calls).toBe(callsAtBreach);
  // What was on its way as the answer was read, and nothing else, reaches the network.
  expect(proxy.passed.length).toBe(calls);
  expect(calls).toBeLessThanOrEqual(BEFORE + CALLERS);
  expect(Object.fromEntries(answers)).toEqual({ 201: BEFORE, 503: 600 - BEFORE });
  expect(mock.world(TOKEN).groups()).toHaveLength(BEFORE);
});
