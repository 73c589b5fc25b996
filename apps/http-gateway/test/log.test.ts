import { createClient } from "@mesibo-groups/core";
import { expect, test } from "vitest";
import { createGateway } from "../src/gateway.ts";
import { gatewayOver, gatewayOverMock, knowTwenty, TOKEN } from "./support/gateway.ts";

const client = () => createClient({ token: TOKEN, url: "http://mesibo.test/" });

test("each request is one record, with the route's template instead of its path", async () => {
  const { ask, log } = gatewayOverMock();
  await ask("/v1/groups/102529/permissions/bob", { headers: { "x-request-id": "one" } });
  await ask("/v1/groups/102529/members/nobody", { method: "DELETE", headers: { "x-request-id": "two" } });
  await ask("/nowhere", { headers: { "x-request-id": "three" } });
  const common = {
    event: "request",
    time: expect.any(String),
    duration_ms: expect.any(Number),
    client: null,
    trace_id: null,
  };
  expect(log).toEqual([
    {
      ...common,
      request_id: "one",
      method: "GET",
      route: "/v1/groups/{gid}/permissions/{address}",
      status: 200,
      problem: null,
    },
    {
      ...common,
      request_id: "two",
      method: "DELETE",
      route: "/v1/groups/{gid}/members/{address}",
      status: 204,
      problem: null,
    },
    { ...common, request_id: "three", method: "GET", route: null, status: 404, problem: "not-found" },
  ]);
});

test("a mistake of ours is one record with the places in the code, and without its message", async () => {
  const broken = client();
  const remove = () => Promise.reject(new RangeError(`with ${TOKEN}\n    at forged (x:1:1) ${TOKEN}`));
  const { ask, log } = gatewayOver({ ...broken, groups: { ...broken.groups, delete: remove } }, knowTwenty);
  await ask("/v1/groups/20", { method: "DELETE", headers: { "x-request-id": "one" } });
  expect(log[0]).toMatchObject({ event: "defect", request_id: "one", error: "RangeError" });
  expect(JSON.stringify(log)).toContain("log.test.ts");
  expect(JSON.stringify(log)).not.toContain(TOKEN);
  expect(log[1]).toMatchObject({ event: "request", status: 500, problem: "internal" });
});

test("a log that throws fails no request", async () => {
  const log = () => {
    throw new Error("disk full");
  };
  const { engine } = gatewayOver(client());
  const app = createGateway({ engine: await engine(), apiKeys: ["k"], log });
  expect((await app.request("/livez")).status).toBe(200);
});
