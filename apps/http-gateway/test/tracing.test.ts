import { AsyncLocalStorage } from "node:async_hooks";
import { demoSeed, startMock } from "@mesibo-groups/mock-server";
import { onTestFinished, expect, test } from "vitest";
import { createGateway } from "../src/gateway.ts";
import { startEngine } from "../src/start.ts";
import { traceIdOf } from "../src/tracing/trace-id.ts";
import { gatewayOverFetch, gatewayOverMock, KEY, TOKEN } from "./support/gateway.ts";

const API = Symbol.for("opentelemetry.js.api.1");
const SPAN = Symbol.for("OpenTelemetry Context Key SPAN");
const trace = "0af7651916cd43dd8448eb211c80319c";
const traceparent = `00-${trace}-b7ad6b7169203331-01`;

type Told = Record<string, unknown>;

/** Registers what an SDK would, and answers the spans as they end. */
function registerSdk(): Told[] {
  const spans: Told[] = [];
  const contextOf = (values: ReadonlyMap<unknown, unknown>): object => ({
    parent: values.get("parent"),
    getValue: (key: unknown) => values.get(key),
    setValue: (key: unknown, value: unknown) => contextOf(new Map([...values, [key, value]])),
  });
  const root = contextOf(new Map());
  const contexts = new AsyncLocalStorage<object>();
  const sdk = {
    trace: {
      getTracer: (tracer: string) => ({
        startSpan: (
          name: string,
          { kind, startTime = Date.now() }: { kind: number; startTime?: number },
          parent: { parent?: unknown },
        ) => {
          const attributes: Told = {};
          const span: Told = { tracer, name, kind, parent: parent.parent, attributes };
          return {
            setAttribute: (key: string, value: unknown) => (attributes[key] = value),
            setStatus: (status: unknown) => (span["status"] = status),
            end: (at = Date.now()) => {
              if (at < startTime) throw new Error("a span ended before it began");
              spans.push(span);
            },
          };
        },
      }),
    },
    context: {
      active: () => contexts.getStore() ?? root,
      with: (context: object, work: () => unknown) => contexts.run(context, work),
    },
    propagation: {
      extract: (_: object, carrier: Told, getter: { get: (carrier: Told, key: string) => unknown }) =>
        contextOf(new Map([["parent", getter.get(carrier, "traceparent")]])),
    },
  };
  Reflect.set(globalThis, API, sdk);
  onTestFinished(() => void Reflect.deleteProperty(globalThis, API));
  return spans;
}

test.each([
  [traceparent, trace],
  [`01-${trace}-b7ad6b7169203331-01-more`, trace],
  [undefined, undefined],
  ["", undefined],
  [`ff-${trace}-b7ad6b7169203331-01`, undefined],
  [`00-${"0".repeat(32)}-b7ad6b7169203331-01`, undefined],
  [`00-${trace}-${"0".repeat(16)}-01`, undefined],
  [`00-${trace.toUpperCase()}-b7ad6b7169203331-01`, undefined],
  [`00-${trace}\n-b7ad6b7169203331-01`, undefined],
])("the traceparent %j has the trace %j", (header, id) => {
  expect(traceIdOf(header)).toBe(id);
});

test("the trace that a request is part of is in its line of the log, and in its operation", async () => {
  const { ask, log } = gatewayOverMock();
  const headers = { traceparent, "x-request-id": "one", "content-type": "application/json" };
  await ask("/v1/groups", {
    method: "POST",
    body: { name: "New" },
    headers: { ...headers, "idempotency-key": "k" },
  });
  expect(log).toMatchObject([{ request_id: "one", trace_id: trace }]);
  await ask("/v1/groups/102529/member-batches", {
    method: "POST",
    body: { items: [{ address: "bob", remove: true }] },
    headers: { ...headers, "x-request-id": "two", "idempotency-key": "l" },
  });
  await ask("/v1/groups/102529", { method: "DELETE", headers: { "x-request-id": "three", traceparent: "" } });
  const { items } = (await ask("/v1/operations")).json as { items: { kind: string; trace_id: unknown }[] };
  expect(items.slice(-3).map(({ kind, trace_id: id }) => [kind, id])).toEqual([
    ["create_group", trace],
    ["edit_members", trace],
    ["delete_group", null],
  ]);
});

test("where an SDK is registered each request is a span of its trace, without paths, addresses and secrets", async () => {
  const { ask } = gatewayOverMock();
  await ask("/livez");
  const spans = registerSdk();
  await ask("/v1/groups/102529/members/bob", { headers: { traceparent } });
  await ask(`/v1/groups/7/members/${TOKEN}?x=${KEY}`);
  await ask(`/${TOKEN}`, { headers: { traceparent: TOKEN } });
  const http = (route: string, status: number) => ({
    "http.request.method": "GET",
    "http.route": route,
    "http.response.status_code": status,
  });
  const member = "/v1/groups/{gid}/members/{address}";
  const span = { tracer: "mesibo-gateway", kind: 1 };
  expect(spans).toEqual([
    { ...span, name: `GET ${member}`, parent: traceparent, attributes: http(member, 200) },
    {
      ...span,
      name: `GET ${member}`,
      parent: undefined,
      attributes: { ...http(member, 404), "error.type": "group-not-known" },
    },
    {
      ...span,
      name: "GET unknown",
      parent: undefined,
      attributes: { ...http("unknown", 404), "error.type": "not-found" },
    },
  ]);
  expect(JSON.stringify(spans)).not.toContain("canary");
});

test("what is done for a request is done within its span", async () => {
  const spans = registerSdk();
  const { context } = Reflect.get(globalThis, API) as {
    context: { active: () => { getValue: (key: symbol) => unknown } };
  };
  const answer = { group: { gid: 77 }, op: "groupadd", result: true };
  let within: unknown;
  const { ask } = gatewayOverFetch(async () => {
    within = context.active().getValue(SPAN);
    return Response.json(answer);
  });
  await ask("/v1/groups", { method: "POST", body: { name: "New" } });
  expect([typeof within, spans.length]).toEqual(["object", 1]);
});

/** A gateway as it is started, with a mock behind it that is called over sockets. */
async function startedGateway() {
  const mock = await startMock({ tokens: [TOKEN], seed: demoSeed });
  onTestFinished(() => mock.close());
  const url = new URL("/backend/", mock.url).href;
  const upstream = { kind: "mesibo", token: TOKEN, url, dialect: undefined } as const;
  const { engine, close } = await startEngine({ database: ":memory:", upstream });
  onTestFinished(close);
  const app = createGateway({ engine, apiKeys: [KEY] });
  const headers = { authorization: `Bearer ${KEY}`, "content-type": "application/json", traceparent };
  const create = () =>
    app.request("/v1/groups", {
      method: "POST",
      headers: { ...headers, "idempotency-key": "one" },
      body: '{"name":"the canary"}',
    });
  return { engine, create, remove: (path: string) => app.request(path, { method: "DELETE", headers }) };
}

test("each transaction and each call of mesibo is a span of the request's trace, with its outcome", async () => {
  const { engine, create, remove } = await startedGateway();
  const spans = registerSdk();
  const created = await create();
  const path = created.headers.get("location") ?? "";
  // What no request asked for is told where it is a call. Somebody else is faster.
  await engine.client.groups.delete(Number(path.split("/").at(-1)));
  await engine.store.write(({ db }) => db.selectFrom("meta").selectAll().execute());
  expect((await remove(path)).status).toBe(204);

  const span = { tracer: "mesibo-gateway", parent: traceparent };
  const transaction = { ...span, name: "transaction", kind: 0, attributes: { "db.system.name": "sqlite" } };
  const call = (op: string, outcome: string) => ({
    ...span,
    name: op,
    kind: 2,
    attributes: {
      "mesibo.op": op,
      "mesibo.attempt": 1,
      "mesibo.outcome": outcome,
      "http.response.status_code": 200,
    },
  });
  expect(spans.filter(({ kind }) => kind !== 1)).toEqual([
    transaction,
    call("groupadd", "done"),
    transaction,
    { ...call("groupdel", "done"), parent: undefined },
    transaction,
    { ...call("groupdel", "refused"), status: { code: 2 } },
    transaction,
  ]);
  expect(JSON.stringify(spans)).not.toContain("canary");
});

test.each(["startSpan", "setAttribute", "end", "extract"])(
  "what breaks in an SDK's %s changes no outcome",
  async (broken) => {
    const { engine, create } = await startedGateway();
    const before = (await engine.client.groups.list()).groups.length;
    const breaking =
      <T>(name: string, value: T) =>
      (): T => {
        if (name === broken) throw new Error("a processor broke");
        return value;
      };
    const context = { getValue: () => 1, setValue: () => context };
    const span = {
      setAttribute: breaking("setAttribute", undefined),
      setStatus: () => undefined,
      end: breaking("end", undefined),
    };
    Reflect.set(globalThis, API, {
      trace: { getTracer: () => ({ startSpan: breaking("startSpan", span) }) },
      context: { active: () => context, with: (_: object, work: () => unknown) => work() },
      propagation: { extract: breaking("extract", context) },
    });
    onTestFinished(() => void Reflect.deleteProperty(globalThis, API));
    expect([(await create()).status, (await create()).status]).toEqual([201, 201]);
    expect((await engine.client.groups.list()).groups.length).toBe(before + 1);
  },
);
