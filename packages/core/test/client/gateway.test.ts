import { describe, expect, test } from "vitest";
import {
  createClient,
  normalFlags,
  type CallRecord,
  type Client,
  type GatewayOptions,
  type MesiboError,
} from "../../src/index.ts";
import { cutConnection, failed, refusedConnection, scripted, type Step } from "./support/script.ts";

const KEY = "canary-api-key-0123456789";
const gateway = { url: "http://gateway.test/base/", key: KEY };

const json = (body: unknown, status = 200): Step => ({ kind: "answer", body, status });
const problem = (name: string, status: number, more: object = {}): Step =>
  json(
    { type: `/problems/${name}`, status, detail: `${name} it is.`, retryable: false, sent: "no", ...more },
    status,
  );
const made = json({ gid: 7 }, 201);

function over(steps: readonly Step[], options: Partial<GatewayOptions> = {}) {
  const { fetch, requests } = scripted(...steps);
  return { client: createClient({ gateway, fetch, ...options }), requests };
}
const create = (client: Client) => client.groups.create({ name: "x" });
const failureOf = (promise: Promise<unknown>): Promise<MesiboError> =>
  promise.then(
    () => Promise.reject(new Error("it did not fail")),
    (error: unknown) => error as MesiboError,
  );
const keysOf = (requests: ReturnType<typeof over>["requests"]) =>
  requests.map(({ init }) => new Headers(init.headers).get("idempotency-key"));

describe("a request", () => {
  test("carries the key in its header alone, and an Idempotency-Key of its own", async () => {
    const { client, requests } = over([made]);
    await create(client);
    await create(client);
    const [{ url, init } = { url: "", init: {} }] = requests;
    expect(url).toBe("http://gateway.test/base/v1/groups");
    expect(new Headers(init.headers).get("authorization")).toBe(`Bearer ${KEY}`);
    expect(init.body).toBe('{"name":"x"}');
    const [one, other] = keysOf(requests);
    expect(one).toMatch(/^[\da-f-]{36}$/);
    expect(other).not.toBe(one);
  });

  test.each(["", "/", "/v1", "/v1/", "//v1//"])(
    "goes to the same place where the URL ends in %j",
    async (end) => {
      const { client, requests } = over([made], {
        gateway: { url: `http://gateway.test/base${end}`, key: KEY },
      });
      await create(client);
      expect(requests.map(({ url }) => url)).toEqual(["http://gateway.test/base/v1/groups"]);
    },
  );

  test.each([
    [
      "groupadd",
      { name: "x", expiry: 0, flags: normalFlags },
      "POST",
      "/groups",
      '{"name":"x","flag":0,"expires_in_seconds":31536000}',
    ],
    [
      "groupset",
      { gid: 7, active: false, expiryext: 5 },
      "PATCH",
      "/groups/7",
      '{"expiry_extension_seconds":5,"active":false}',
    ],
    ["groupdel", { gid: 7 }, "DELETE", "/groups/7", undefined],
    [
      "groupeditmembers",
      { gid: 7, members: ["a/b"], permissions: {}, remove: true },
      "DELETE",
      "/groups/7/members/a%2Fb",
      undefined,
    ],
    [
      "groupeditmembers",
      { gid: 7, members: ["a"], permissions: { send: true }, remove: false },
      "PUT",
      "/groups/7/members/a",
      '{"permissions":{"send":true}}',
    ],
  ] as const)("of %s %j is what the gateway takes", async (op, request, method, path, body) => {
    const { client, requests } = over([made]);
    await client.call(op, request);
    expect(requests.map(({ url, init }) => [init.method, url, init.body])).toEqual([
      [method, `http://gateway.test/base/v1${path}`, body],
    ]);
  });

  test("is told without the key", async () => {
    const records: CallRecord[] = [];
    const steps = [
      problem("nowhere", 404, { detail: KEY }),
      refusedConnection,
      json("x", 500),
      problem("group-busy", 409),
    ];
    const { client } = over(steps, { onCall: (record) => records.push(record), retries: 0 });
    for (const _ of steps) await failureOf(client.groups.list());
    await failureOf(create(client));
    expect(JSON.stringify(records)).not.toContain(KEY);
    expect(records.map(({ method, status, outcome }) => [method, status, outcome])).toEqual([
      ["GET", 404, "refused"],
      ["GET", undefined, "not_sent"],
      ["GET", 500, "unknown"],
      ["GET", 409, "not_sent"],
      ["POST", 409, "not_sent"],
    ]);
  });

  test.each([
    [[problem("upstream-unavailable", 503)], "not_sent"],
    [[problem("upstream-outcome-unknown", 504, { sent: "maybe", may_have_happened: true })], "unknown"],
    [[made], "done"],
  ] as const)("%j is recorded as %s", async (steps, outcome) => {
    const records: CallRecord[] = [];
    const { client } = over(steps, { onCall: (record) => records.push(record), retries: 0 });
    await create(client).catch(() => undefined);
    expect(records.map((record) => record.outcome)).toEqual([outcome]);
  });
});

describe("what a gateway does not do is refused here", () => {
  test.each([
    ["useradd", { address: "a" }, "op"],
    ["usersget", {}, "op"],
    ["groupset", { gid: 7, pinned: true }, "pinned"],
    ["groupadd", { name: "x", sflags: 1 }, "sflags"],
    ["groupadd", { name: "x", members: ["a"] }, "members"],
    ["groupset", { gid: 7, members: ["a"] }, "members"],
    ["groupadd", { name: `my ${KEY}` }, "name"],
  ] as const)("%s %j", async (op, request, field) => {
    const { client, requests } = over([made]);
    expect(await failureOf(client.call(op, request))).toMatchObject({
      kind: "validation",
      field,
      sent: "no",
    });
    expect(requests).toEqual([]);
  });
});

describe("an answer", () => {
  test.each([
    [
      "validation",
      400,
      { errors: [{ pointer: "/flags/send", detail: "flags.send must be one of all." }] },
      { kind: "validation", field: "flags.send", expected: "one of all" },
    ],
    ["malformed", 400, {}, { kind: "validation", field: "request" }],
    [
      "group-not-known",
      404,
      { gid: 7 },
      { kind: "refused", refusal: { error: "group-not-known", properties: ["gid"] } },
    ],
    [
      "insufficient-scope",
      403,
      {},
      { kind: "refused", refusal: { error: "insufficient-scope", properties: ["request"] } },
    ],
    [
      "upstream-refused",
      422,
      { sent: "yes", upstream: { error: "NO" } },
      { kind: "refused", refusal: { error: "NO" } },
    ],
    ["upstream-latched", 503, { sent: "yes", upstream: { error: "TOKENBREACH" } }, { kind: "breach" }],
    [
      "upstream-latched",
      503,
      { upstream: { error: "TOKENBREACH" } },
      { kind: "latched", outcome: "not_sent" },
    ],
    [
      "upstream-protocol",
      502,
      { sent: "yes", operation: "/v1/operations/op_1" },
      { kind: "protocol", operation: "/v1/operations/op_1", outcome: "unknown" },
    ],
    ["internal", 500, {}, { kind: "protocol", sent: "maybe", outcome: "unknown" }],
    ["upstream-unavailable", 503, { retryable: true }, { kind: "not_sent", reason: "upstream-unavailable" }],
    ["store-unavailable", 503, { sent: "yes", retryable: true }, { kind: "unknown", outcome: "unknown" }],
  ] as const)("%s with %i and %j is its error", async (name, status, more, told) => {
    const { client } = over([problem(name, status, more)], { retries: 0 });
    expect(await failureOf(create(client))).toMatchObject(told);
  });

  test("no answer to a read means that nothing was changed", async () => {
    const { client } = over([problem("upstream-outcome-unknown", 504, { sent: "maybe" })]);
    expect(await failureOf(client.groups.list())).toMatchObject({
      kind: "unknown",
      mayHaveHappened: false,
      message:
        "groupsget: sent, but no usable answer (upstream-outcome-unknown); it was a read, so nothing was changed. Ask again.",
    });
  });

  test.each([
    ["of another shape", json({ id: 7 }, 201)],
    ["that is no JSON", { kind: "text", text: "hello" } as const],
  ])("%s leaves the outcome open", async (_, step) => {
    expect(await failureOf(create(over([step]).client))).toMatchObject({
      kind: "protocol",
      outcome: "unknown",
    });
    for (const act of [(c: Client) => c.groups.list(), (c: Client) => c.members.list({ gid: 7 })])
      expect(await failureOf(act(over([step]).client))).toMatchObject({ kind: "protocol" });
  });
});

describe("a repetition", () => {
  test("carries the same key, after a lost answer, a gateway that waits and one that is busy", async () => {
    const busy = problem("quota-exceeded", 429, { retryable: true });
    const { client, requests } = over([cutConnection, problem("request-in-progress", 409), busy, made]);
    expect(await create(client)).toEqual({ gid: 7 });
    expect(new Set(keysOf(requests)).size).toBe(1);
    expect(requests).toHaveLength(4);
  });

  test("that is refused by itself does not tell of the first request", async () => {
    const { client } = over([cutConnection, problem("insufficient-scope", 403)]);
    expect(await failureOf(create(client))).toMatchObject({
      outcome: "unknown",
      reason: "insufficient-scope when repeated",
    });
  });

  test("that is answered with the operation's own refusal does", async () => {
    const refused = { sent: "yes", operation: "/v1/operations/op_1", upstream: { error: "NO" } };
    const { client } = over([cutConnection, problem("upstream-refused", 422, refused)]);
    expect(await failureOf(create(client))).toMatchObject({ kind: "refused", outcome: "refused" });
  });

  test("of a read that is refused is the read's answer", async () => {
    const { client } = over([cutConnection, problem("insufficient-scope", 403)]);
    expect(await failureOf(client.groups.list())).toMatchObject({ kind: "refused" });
  });

  test("is not made after the caller has gone, nor after the last one", async () => {
    const controller = new AbortController();
    const { client, requests } = over([{ kind: "silent" }]);
    const going = failureOf(client.groups.create({ name: "x" }, { signal: controller.signal }));
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect(await going).toMatchObject({ kind: "cancelled", outcome: "unknown" });
    expect(requests).toHaveLength(1);

    const many = over([failed({ code: "ECONNREFUSED" })], { retries: 1 });
    expect(await failureOf(create(many.client))).toMatchObject({ kind: "not_sent", attempts: 2 });
  });

  test("ends with the time, and what was seen first stays open", async () => {
    const { client } = over([problem("request-in-progress", 409)], { deadlineMs: 300 });
    expect(await failureOf(create(client))).toMatchObject({
      kind: "unknown",
      reason: "request-in-progress",
      outcome: "unknown",
    });
  });
});

describe("lists", () => {
  const group = (gid: number) => ({
    gid,
    name: `g${gid}`,
    flag: 0,
    expires_at: "2000-01-01T00:00:00.000Z",
    expiry_extension_seconds: 0,
    active: true,
  });

  test("are read to the end, page by page", async () => {
    const pages = [
      json({ items: [group(1), group(2)], next_cursor: "a+b" }),
      json({ items: [group(3)], next_cursor: null }),
    ];
    const { client, requests } = over(pages);
    const { groups, ...counts } = await client.groups.list({ pattern: "g*", count: 2 });
    expect([groups.map(({ gid, expiry }) => [gid, expiry]), counts]).toEqual([
      [
        [1, 0],
        [2, 0],
      ],
      { count: 2, groupscount: 3 },
    ]);
    expect(requests.map(({ url }) => url.slice(27))).toEqual([
      "/groups?limit=1000&filter[name]=g*",
      "/groups?limit=1000&cursor=a%2Bb&filter[name]=g*",
    ]);
  });
});

test("members are read no further than was asked for", async () => {
  const permissions = { send: true, receive: true, publish: false, subscribe: true, list: false };
  const page = { items: [{ address: "a", permissions, version: 1 }], next_cursor: "more" };
  const { client, requests } = over([json(page)]);
  const members = await client.members.list({ gid: 1, count: 2 });
  expect([members.map(({ address }) => address), requests.length]).toEqual([["a", "a"], 2]);
});

test("members are listed with their permissions", async () => {
  const permissions = { send: true, receive: true, publish: true, subscribe: true, list: true };
  const { client } = over([json({ items: [{ address: "a", permissions, version: 1 }], next_cursor: null })]);
  expect(await client.call("groupgetmembers", { gid: 7 })).toEqual({
    gid: 7,
    count: 1,
    members: [{ address: "a", permissions }],
  });
});

describe("a client", () => {
  test("asks beforeSend once, and sends nothing where that fails", async () => {
    const { client, requests } = over([cutConnection, made]);
    let asked = 0;
    await client.groups.create({ name: "x" }, { beforeSend: async () => void (asked += 1) });
    expect([asked, requests.length]).toEqual([1, 2]);
    const stop = () => Promise.reject(new RangeError("no"));
    await expect(client.groups.create({ name: "x" }, { beforeSend: stop })).rejects.toThrow(RangeError);
    expect(requests).toHaveLength(2);
  });

  test("sends nothing for a caller who has gone already", async () => {
    const { client, requests } = over([made]);
    const signal = AbortSignal.abort();
    for (const beforeSend of [undefined, async () => undefined])
      expect(await failureOf(client.groups.create({ name: "x" }, { signal, beforeSend }))).toMatchObject({
        kind: "cancelled",
        outcome: "not_sent",
      });
    expect(requests).toEqual([]);
  });

  test("makes the changes of one group one after another, and gives up in time", async () => {
    const { client, requests } = over([{ kind: "silent" }], { deadlineMs: 50 });
    const both = await Promise.all([failureOf(client.groups.delete(7)), failureOf(client.groups.delete(7))]);
    expect(both.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ["unknown", "unknown"],
      ["not_sent", "not_sent"],
    ]);
    expect(requests).toHaveLength(1);
  });

  test("stops when its key is refused, once, until it is reset", async () => {
    const told: string[] = [];
    const refused = problem("unauthenticated", 401);
    const { client, requests } = over([refused, refused, made], { onLatch: ({ kind }) => told.push(kind) });
    await Promise.all([failureOf(create(client)), failureOf(create(client))]);
    expect(await failureOf(create(client))).toMatchObject({ kind: "latched", outcome: "not_sent" });
    expect([told, requests.length]).toEqual([["auth"], 2]);
    const latch = client.latched();
    client.reset();
    expect(client.latched()).toBeUndefined();
    expect(await create(client)).toEqual({ gid: 7 });
    if (latch !== undefined) client.latch(latch);
    expect(client.latched()).toBe(latch);
  });

  test.each([
    [{ gateway: { url: "ftp://x", key: KEY } }, /^createClient: url must be http or https/],
    [{ gateway: { url: "http://x", key: "a b" } }, /^createClient: gateway.key must be 1 to 256/],
    [{ gateway, timeoutMs: 0 }, /^createClient: timeoutMs must be/],
  ])("%# is not made with a wrong option", (options, words) => {
    expect(() => createClient(options)).toThrow(words);
  });

  test("calls the global fetch unless it is given another", async () => {
    const client = createClient({ gateway: { url: "http://127.0.0.1:1", key: KEY }, retries: 0 });
    expect(await failureOf(create(client))).toMatchObject({ kind: "not_sent" });
  });
});

describe("a list of members", () => {
  const permissions = { send: true, receive: true, publish: true, subscribe: true, list: true };
  const operation = "/v1/operations/op_1";
  const refusal = { op: "groupeditmembers", error: "BADUSER", code: 404, properties: ["m"] };
  const problem = { title: "", detail: "no", sent: "yes", type: "/problems/upstream-refused" };
  const batch = (items: readonly object[], more: object = {}) =>
    json({ operation, calls: 1, stopped: null, items, ...more }, 207);
  const a = { address: "a", status: "added" };

  test("goes out in one request for each hundred, each address once, with keys made of the caller's", async () => {
    const addresses = Array.from({ length: 150 }, (_, index) => `u${index}`);
    const items = addresses.map((address) => ({ address, status: "added" }));
    const { client, requests } = over([batch(items), batch(items)]);
    const more = { idempotencyKey: "mine", isolationCalls: 9 };
    const report = await client.members.add({ gid: 7, addresses: [...addresses, "u0"], permissions }, more);
    expect(report).toEqual({ done: addresses, refused: [], unknown: [], notSent: [], calls: 2 });
    expect(requests.map(({ url }) => url)).toEqual(
      [1, 2].map(() => "http://gateway.test/base/v1/groups/7/member-batches?isolation_calls=9"),
    );
    const sizes = requests.map(
      ({ init }) => (JSON.parse(init.body as string) as { items: unknown[] }).items.length,
    );
    expect(sizes).toEqual([100, 50]);
    expect(keysOf(requests)).toEqual(["mine-1", "mine-2"]);
  });

  test("is told address by address, with the words of mesibo and the way to the operation", async () => {
    const items = [
      a,
      { address: "b", status: "refused", problem: { ...problem, upstream: refusal } },
      { address: "c", status: "refused", problem: { ...problem, upstream: refusal, isolated: false } },
      {
        address: "d",
        status: "unknown",
        problem: { ...problem, type: "/problems/upstream-outcome-unknown" },
      },
      { address: "e", status: "skipped" },
    ];
    const stopped = { reason: "unknown_outcome", detail: "no answer" };
    const { client } = over([batch(items, { stopped, calls: 3 })]);
    const error = await failureOf(client.members.remove({ gid: 7, addresses: ["a", "b", "c", "d", "e"] }));
    expect(error).toMatchObject({
      kind: "members",
      outcome: "unknown",
      report: {
        done: ["a"],
        refused: [
          {
            address: "b",
            isolated: true,
            error: { kind: "refused", refusal: { error: "BADUSER", code: 404 } },
          },
          { address: "c", isolated: false },
        ],
        unknown: [{ address: "d", error: { kind: "unknown", operation } }],
        notSent: ["e"],
        calls: 3,
        stoppedBy: { kind: "unknown", operation },
      },
    });
  });

  test("is told in the gateway's own words where mesibo has none, and by its status where there are no words", async () => {
    const items = [
      { address: "b", status: "refused", problem: { ...problem, type: "/problems/object-not-allowed" } },
      { address: "c", status: "refused" },
      { address: "d", status: "unknown", problem: { ...problem, type: "/problems/upstream-protocol" } },
      { address: "e", status: "unknown" },
    ];
    const { client } = over([batch(items)]);
    const error = await failureOf(
      client.members.add({ gid: 7, addresses: ["b", "c", "d", "e"], permissions }),
    );
    expect(error).toMatchObject({
      outcome: "unknown",
      report: {
        refused: [
          { error: { refusal: { error: "object-not-allowed", cause: "no" } } },
          { error: { refusal: { error: "refused", cause: undefined } } },
        ],
        unknown: [{ error: { kind: "protocol" } }, { error: { kind: "unknown", reason: "unknown" } }],
        stoppedBy: undefined,
      },
    });
  });

  test("says why the gateway did not send the rest", async () => {
    const stopped = { reason: "cancelled", detail: "Somebody asked to stop it." };
    const { client } = over([batch([a, { address: "b", status: "skipped" }], { stopped })]);
    const error = await failureOf(client.members.add({ gid: 7, addresses: ["a", "b"], permissions }));
    expect(error).toMatchObject({
      outcome: "not_sent",
      report: { done: ["a"], notSent: ["b"], stoppedBy: { kind: "not_sent", reason: "cancelled" } },
    });
  });

  test("that is answered with something else is unknown", async () => {
    const { client } = over([json({ items: "all" }, 207)]);
    const error = await failureOf(client.members.add({ gid: 7, addresses: ["a", "b"], permissions }));
    expect(error).toMatchObject({ kind: "members", outcome: "unknown" });
  });
});
