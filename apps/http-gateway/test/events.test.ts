import { describe, expect, onTestFinished, test } from "vitest";
import { pulledBody } from "../src/pulled-body.ts";
import { deleteEvents } from "../src/journal/history.ts";
import { eventTypes } from "../src/journal/events.ts";
import { createApiKey, revokeApiKey } from "../src/keys/manage.ts";
import { KEY, gatewayOverMock, problemIn, type TestGateway } from "./support/gateway.ts";
import { gatewayWithKey } from "./support/keys.ts";
import { blocksOf, readBlocks, type Block } from "./support/sse.ts";

const bearer = (key: string) => ({ authorization: `Bearer ${key}`, accept: "text/event-stream" });

/** Opens a stream that ends with the test. */
async function open({ request }: TestGateway, query = "", headers: Record<string, string> = {}) {
  const response = await request(`/v1/events${query}`, { headers: { ...bearer(KEY), ...headers } });
  if (response.status !== 200) throw new Error(await response.text());
  const blocks = blocksOf(response);
  onTestFinished(async () => void (await blocks.return()));
  return async (count: number): Promise<readonly Block[]> => {
    const read: Block[] = [];
    while (read.length < count) {
      const { value, done } = await blocks.next();
      if (done === true) throw new Error("the stream has ended");
      read.push(value);
    }
    return read;
  };
}

/** Everything that has happened, or what is asked for of it. */
const history = async ({ request }: TestGateway, query = "") =>
  readBlocks(await request(`/v1/events?after=0&follow=false${query}`, { headers: bearer(KEY) }));

const rename = (name: string) => ({ method: "PATCH", body: { name } });
const BOTH = ["/v1/groups/102529", "/v1/groups/102530"] as const;

describe("a stream", () => {
  test("begins now with a bookmark, and tells each change in order, as a GET shows it", async () => {
    const gateway = gatewayOverMock();
    const { ask } = gateway;
    const newest = (await history(gateway)).at(-1)?.id ?? 0;
    const read = await open(gateway);
    expect(await read(1)).toMatchObject([{ id: newest, event: "bookmark", data: { id: newest } }]);
    await ask(BOTH[0], rename("One"));
    const group = (await ask(BOTH[0])).json;
    const told = await read(2);
    expect(told.map(({ id, event, data }) => ({ id, event, data }))).toEqual([
      {
        id: newest + 1,
        event: "group.updated",
        data: {
          id: newest + 1,
          type: "group.updated",
          gid: 102529,
          subject: null,
          at: "2027-01-15T08:00:00.000Z",
          data: group,
        },
      },
      expect.objectContaining({ id: newest + 2, event: "operation.succeeded" }),
    ]);
  });

  test("from the beginning tells the whole history, and with follow=false it ends there", async () => {
    const gateway = gatewayOverMock();
    const blocks = await history(gateway);
    expect(blocks.map(({ event }) => event)).toEqual([
      "group.imported",
      "member.set",
      "member.set",
      "group.imported",
      "operation.unknown",
    ]);
    expect(blocks.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
  });

  test.each([
    ["&types=group.*", ["group.imported", "group.imported", "bookmark"]],
    ["&types=operation.unknown,member.set", ["member.set", "member.set", "operation.unknown"]],
    ["&gid=102530", ["group.imported", "bookmark"]],
    ["&gid=102530&types=member.*", ["bookmark"]],
    ["&types=*", ["group.imported", "member.set", "member.set", "group.imported", "operation.unknown"]],
  ])("with %s tells %j, and how far it has come", async (query, events) => {
    const blocks = await history(gatewayOverMock(), query);
    expect(blocks.map(({ event }) => event)).toEqual(events);
    expect(blocks.at(-1)?.id).toBe(5);
  });

  test("goes on after the event that one has; Last-Event-ID wins, as a browser repeats its first URL", async () => {
    const gateway = gatewayOverMock();
    const ids = async (query: string, headers = {}) =>
      (await (await open(gateway, query, headers))(1)).map(({ id }) => id);
    expect(await ids("?after=3")).toEqual([4]);
    expect(await ids("?after=0", { "last-event-id": "4" })).toEqual([5]);
    expect(await ids("?after=1", { "last-event-id": "" })).toEqual([2]);
  });

  test("gives a sign of life while nothing happens, and a bookmark where filters hide what does", async () => {
    const gateway = gatewayOverMock({}, { streams: { pingMs: 0 } });
    const quiet = await open(gateway, "?after=5");
    expect(await quiet(1)).toMatchObject([{ comment: "ping", id: undefined }]);
    const elsewhere = await open(gateway, "?after=5&gid=102530");
    await elsewhere(1);
    await gateway.ask(BOTH[0], rename("Hidden"));
    for (;;) {
      const [block] = await elsewhere(1);
      if (block?.event === undefined) continue;
      expect(block).toMatchObject({ event: "bookmark", id: 7 });
      break;
    }
  });

  test("says shutdown when the gateway ends, and ends", async () => {
    const stopper = new AbortController();
    const gateway = gatewayOverMock({}, { stopping: stopper.signal });
    await gateway.ask("/livez");
    const response = await gateway.request("/v1/events?after=4", { headers: bearer(KEY) });
    const blocks = blocksOf(response);
    expect((await blocks.next()).value).toMatchObject({ id: 5 });
    stopper.abort();
    expect((await blocks.next()).value).toMatchObject({ id: 5, event: "shutdown" });
    expect((await blocks.next()).done).toBe(true);
  });

  test("ends once its key is revoked", async () => {
    const { request, desk, key, apiKey } = await gatewayWithKey({ scopes: ["events:read"] });
    const response = await request("/v1/events", { headers: bearer(key) });
    const blocks = blocksOf(response);
    expect((await blocks.next()).value).toMatchObject({ event: "bookmark" });
    await revokeApiKey(desk, apiKey.id);
    expect((await blocks.next()).done).toBe(true);
  });

  test("is not opened by HEAD", async () => {
    const gateway = gatewayOverMock({}, { streams: { perKey: 1 } });
    const head = () => gateway.request("/v1/events", { method: "HEAD", headers: bearer(KEY) });
    expect([(await head()).status, (await head()).status]).toEqual([200, 200]);
    await open(gateway);
  });
});

test.each([
  ["?after=-1", {}, "query", "/after"],
  ["?after=1.5", {}, "query", "/after"],
  ["?after=9999999999999999", {}, "query", "/after"],
  ["?types=", {}, "query", "/types"],
  ["?types=group.*,nonsense", {}, "query", "/types"],
  ["?types=grou*", {}, "query", "/types"],
  ["?gid=0", {}, "query", "/gid"],
  ["?follow=no", {}, "query", "/follow"],
  ["?since=5", {}, "query", "/since"],
  ["", { "last-event-id": "x" }, "header", "/last-event-id"],
])("%s %j is refused, and the field named", async (query, headers, place, pointer) => {
  const answer = await gatewayOverMock().ask(`/v1/events${query}`, { headers });
  expect(problemIn(answer)).toMatchObject({
    type: "/problems/validation",
    errors: [{ in: place, pointer }],
  });
});

describe("history that is gone", () => {
  async function withoutThree() {
    const gateway = gatewayOverMock();
    const { store } = await gateway.engine();
    await store.write(({ db }) => deleteEvents(db, 3));
    return gateway;
  }

  test("is 410 with the oldest id that is there, and who has all of it goes on", async () => {
    const gateway = await withoutThree();
    for (const after of [0, 1, 2]) {
      expect(problemIn(await gateway.ask(`/v1/events?after=${after}`))).toMatchObject({
        type: "/problems/event-history-gone",
        status: 410,
        oldest_event_id: 4,
        newest_event_id: 5,
      });
    }
    const read = await open(gateway, "?after=3");
    expect((await read(2)).map(({ id }) => id)).toEqual([4, 5]);
  });

  test("is remembered when everything is gone", async () => {
    const gateway = await withoutThree();
    const { store } = await gateway.engine();
    await store.write(({ db }) => deleteEvents(db, 5));
    expect(problemIn(await gateway.ask("/v1/events?after=4"))).toMatchObject({
      oldest_event_id: 6,
      newest_event_id: 5,
    });
    await gateway.ask(BOTH[0], rename("One"));
    const read = await open(gateway, "?after=5");
    expect((await read(1)).map(({ id }) => id)).toEqual([6]);
  });

  test("of an id that was never told is that of another store", async () => {
    expect(problemIn(await gatewayOverMock().ask("/v1/events?after=6"))).toMatchObject({
      status: 410,
      newest_event_id: 5,
    });
  });

  test("ends a stream that is behind, so that it hears of it", async () => {
    const gateway = gatewayOverMock();
    const { store } = await gateway.engine();
    const response = await gateway.request("/v1/events?after=0", { headers: bearer(KEY) });
    await store.write(({ db }) => deleteEvents(db, 3));
    expect(await readBlocks(response)).toEqual([]);
  });
});

describe("readers who take up room", () => {
  test("a key has so many streams, each key its own, and a closed one makes room", async () => {
    const gateway = gatewayOverMock({}, { streams: { perKey: 1 } });
    const { store, now } = await gateway.engine();
    const first = await gateway.request("/v1/events", { headers: bearer(KEY) });
    const refused = await gateway.ask("/v1/events");
    expect(problemIn(refused)).toMatchObject({ type: "/problems/too-many-streams", retryable: true });
    expect(refused.headers.get("retry-after")).toBe("5");
    const other = await createApiKey(
      { store, now, actor: "operator", requestId: "r" },
      { name: "x", env: "test", scopes: ["events:read"], groups: undefined, expiresInDays: 1 },
    );
    const second = await gateway.request("/v1/events", { headers: bearer(other.key) });
    expect(second.status).toBe(200);
    const open = async () => /^gateway_event_streams (\d+)$/m.exec((await gateway.ask("/metrics")).text)?.[1];
    expect(await open()).toBe("2");
    await first.body?.cancel();
    expect(await open()).toBe("1");
    expect((await gateway.request("/v1/events", { headers: bearer(KEY) })).status).toBe(200);
  });

  test("a reader who takes nothing is cut, and nothing was made ahead for them", async () => {
    const { promise, resolve: cut } = Promise.withResolvers<void>();
    let made = 0;
    let ended = 0;
    async function* frames() {
      for (;;) {
        made += 1;
        yield `id: ${made}\n\n`;
      }
    }
    const stopping = new AbortController().signal;
    const body = pulledBody({ frames: frames(), stallMs: 1, stopping, cut, onEnd: () => (ended += 1) });
    const reader = body.getReader();
    await reader.read();
    await promise;
    expect({ made, ended }).toEqual({ made: 1, ended: 1 });
    expect((await reader.read()).done).toBe(true);
  });
});

test("every type of event is told by something", async () => {
  const gateway = await gatewayWithKey();
  const { ask, desk, apiKey } = gateway;
  await ask("/v1/groups", { method: "POST", body: { name: "New" } });
  await ask("/v1/groups", { method: "POST", body: { name: "Bad", expires_in_seconds: 1 } });
  await ask(BOTH[0], rename("One"));
  await ask(`${BOTH[0]}/members/bob`, { method: "DELETE" });
  await ask(`${BOTH[0]}/members/nobody`, {
    method: "PUT",
    body: { permissions: { send: true, receive: true, publish: true, subscribe: true, list: true } },
  });
  await ask(BOTH[1], { method: "DELETE" });
  const { items } = (await ask("/v1/operations?state=unknown")).json as { items: { id: string }[] };
  await ask(`/v1/operations/${items[0]?.id}/resolutions`, {
    method: "POST",
    body: { outcome: "did_not_happen" },
  });
  await ask(`/v1/api-keys/${apiKey.id}/rotations`, { method: "POST", body: {} });
  await revokeApiKey(desk, apiKey.id);
  const { keepLatch, releaseLatch } = await import("../src/latch.ts");
  const { RefusedError } = await import("@mesibo-groups/core");
  const facts = { op: "groupset", kind: "breach", sent: "yes", outcome: "refused", attempts: 1 } as const;
  const refused = new RefusedError(facts, { error: "TOKENBREACH" });
  // Two gateways find out at once.
  await keepLatch(desk.store, { refused, mark: "a", at: desk.now() });
  await keepLatch(desk.store, { refused, mark: "a", at: desk.now() });
  await releaseLatch(desk.store, desk.now());
  await releaseLatch(desk.store, desk.now());
  const told = (await history(gateway)).map(({ event = "" }) => event);
  expect(new Set(told)).toEqual(new Set(eventTypes));
  expect(told.filter((type) => type.startsWith("upstream."))).toEqual([
    "upstream.latched",
    "upstream.released",
  ]);
});
