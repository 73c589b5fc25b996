import { expect, test } from "vitest";
import { createMetrics } from "../src/metrics/metrics.ts";
import { createGateway } from "../src/gateway.ts";
import { gatewayOverMock, KEY } from "./support/gateway.ts";

test("an address that fails too often gets 429, and a valid key opens from there all the same", async () => {
  const engine = await gatewayOverMock().engine();
  const app = createGateway({ engine, apiKeys: [KEY], metrics: createMetrics() });
  const ask = (key: string | undefined, source: string) =>
    app.request("/v1/groups", key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } }, {
      source,
    });
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 21; attempt += 1) {
    statuses.push((await ask(attempt % 2 === 0 ? "wrong" : undefined, "192.0.2.1")).status);
  }
  expect(statuses).toEqual([...Array.from({ length: 20 }, () => 401), 429]);
  const refused = await ask("wrong", "192.0.2.1");
  expect(refused.headers.get("retry-after")).toBe("1");
  expect(await refused.json()).toMatchObject({
    type: "/problems/quota-exceeded",
    "violated-policies": ["failed-logins"],
    sent: "no",
  });
  expect((await ask(KEY, "192.0.2.1")).status).toBe(200);
  expect((await ask("wrong", "192.0.2.2")).status).toBe(401);

  const metrics = await (await app.request("/metrics")).text();
  expect(metrics).toContain('gateway_failed_logins_total{limited="false"} 21\n');
  expect(metrics).toContain('gateway_failed_logins_total{limited="true"} 2\n');
  expect(metrics).not.toContain("192.0.2");
});
