import { createClient } from "@mesibo-groups/core";
import { describe, expect, test, vi } from "vitest";
import { problemNames, problemTypes, type ProblemName } from "../src/problem-types.ts";
import { StoreError, type StoreFault } from "../src/store/errors.ts";
import { UNKNOWN_ID } from "./support/calls.ts";
import { gatewayWithKey } from "./support/keys.ts";
import {
  answering,
  cut,
  failing,
  gatewayOver,
  gatewayOverFetch,
  gatewayOverMock,
  knowTwenty,
  problemIn,
  TOKEN,
  type Answer,
} from "./support/gateway.ts";

const refusing = (error: string, code: number) => answering({ error, code, op: "groupdel", result: false });
const json = { "content-type": "application/json" };

const broken = () => {
  const client = createClient({ token: TOKEN, url: "http://mesibo.test/" });
  const remove = () => Promise.reject(new Error(`something with ${TOKEN} in it`));
  return gatewayOver({ ...client, groups: { ...client.groups, delete: remove } }, knowTwenty);
};

const create = (name: string, key: string) =>
  ({ method: "POST", body: { name }, headers: { ...json, "idempotency-key": key } }) as const;

async function keyTwice(): Promise<Answer> {
  const { ask } = gatewayOverMock();
  await ask("/v1/groups", create("one", "k"));
  return ask("/v1/groups", create("two", "k"));
}

async function keyAtOnce(): Promise<Answer> {
  const { ask } = gatewayOverMock();
  await ask("/livez");
  const [, second] = await Promise.all([
    ask("/v1/groups", create("one", "k")),
    ask("/v1/groups", create("one", "k")),
  ]);
  return second;
}

async function withoutStore(kind: StoreFault): Promise<Answer> {
  const { ask, engine } = gatewayOverMock();
  const { store } = await engine();
  const fail = () => Promise.reject(new StoreError(kind, `the disk with ${TOKEN} is full`));
  vi.spyOn(store, "read").mockImplementation(fail);
  return ask("/v1/groups/102529");
}

/** A request that ends in each problem. The compiler asks for one where a type is new. */
const produce = {
  malformed: () => gatewayOverMock().ask("/v1/groups", { method: "POST", body: '{"name":' }),
  validation: () => gatewayOverMock().ask("/v1/groups", { method: "POST", body: {} }),
  unauthenticated: () => gatewayOverMock().ask("/v1/groups", { headers: { authorization: "" } }),
  "insufficient-scope": async () => {
    const { ask, key } = await gatewayWithKey({ scopes: ["members:read"] });
    return ask("/v1/groups", { headers: { authorization: `Bearer ${key}` } });
  },
  "object-not-allowed": async () => {
    const { ask, key } = await gatewayWithKey({ groups: { gids: [1] } });
    return ask("/v1/groups/102529", { headers: { authorization: `Bearer ${key}` } });
  },
  "api-key-not-found": () => gatewayOverMock().ask("/v1/api-keys/none"),
  "not-found": () => gatewayOverMock().ask("/v1/nowhere"),
  "idempotency-key-missing": () => gatewayOverMock().ask("/v1/groups", create("x", "")),
  "idempotency-key-invalid": () => gatewayOverMock().ask("/v1/groups", create("x", "a b")),
  "idempotency-key-reused": keyTwice,
  "request-in-progress": keyAtOnce,
  "group-not-known": () => gatewayOverMock().ask("/v1/groups/99"),
  "member-not-known": () => gatewayOverMock().ask("/v1/groups/102529/members/nobody"),
  "version-mismatch": () =>
    gatewayOverMock().ask("/v1/groups/102529", { method: "DELETE", headers: { "if-match": '"9"' } }),
  "operation-not-found": () => gatewayOverMock().ask("/v1/operations/op_1"),
  "operation-not-unknown": async () => {
    const { ask } = gatewayOverMock();
    const path = `/v1/operations/${UNKNOWN_ID}/resolutions`;
    await ask(path, { method: "POST", body: { outcome: "did_not_happen" } });
    return ask(path, { method: "POST", body: { outcome: "did_not_happen" } });
  },
  "host-not-allowed": () => gatewayOverMock({}, { operations: { allowedHosts: ["here"] } }).ask("/v1/groups"),
  "quota-exceeded": async () => {
    const { ask } = gatewayOverMock({}, { operations: { rateLimit: { perMinute: 1, burst: 1 } } });
    await ask("/v1/groups");
    return ask("/v1/groups");
  },
  "too-many-streams": () => gatewayOverMock({}, { streams: { perKey: 0 } }).ask("/v1/events"),
  "event-history-gone": () => gatewayOverMock().ask("/v1/events?after=999"),
  draining: () => gatewayOverMock({}, { stopping: AbortSignal.abort() }).ask("/v1/groups"),
  "not-ready": () => gatewayOverMock({}, { stopping: AbortSignal.abort() }).ask("/readyz"),
  "group-busy": () => withoutStore("busy"),
  "store-unavailable": () => withoutStore("unavailable"),
  "group-not-found": async () => {
    const { ask, client } = gatewayOverMock();
    await ask("/livez");
    await client.groups.delete(102529);
    return ask("/v1/groups/102529", { method: "PATCH", body: { active: false } });
  },
  "method-not-allowed": () => gatewayOverMock().ask("/v1/groups", { method: "DELETE" }),
  "not-acceptable": () => gatewayOverMock().ask("/v1/groups", { headers: { accept: "text/html" } }),
  "too-large": () =>
    gatewayOverMock().ask("/v1/groups", { method: "POST", body: { name: "x".repeat(1024 * 1024) } }),
  "unsupported-media-type": () =>
    gatewayOverMock().ask("/v1/groups", {
      method: "POST",
      body: "name=x",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    }),
  "upstream-refused": () =>
    gatewayOverFetch(refusing("NOTTODAY", 418)).ask("/v1/groups/20", { method: "DELETE" }),
  internal: () => broken().ask("/v1/groups/20", { method: "DELETE" }),
  "upstream-cannot-list": () =>
    gatewayOverFetch(refusing("BADOP", 400)).ask("/v1/group-imports", {
      method: "POST",
      body: { gids: [20] },
    }),
  "removals-over-cap": () =>
    gatewayOverMock().ask("/v1/groups/102529/members", { method: "PUT", body: { members: [] } }),
  "operation-over": () =>
    gatewayOverMock().ask(`/v1/operations/${UNKNOWN_ID}/cancellation`, { method: "POST" }),
  "upstream-protocol": () => gatewayOverFetch(answering("<html>")).ask("/v1/groups/20", { method: "DELETE" }),
  "upstream-unavailable": () =>
    gatewayOverFetch(failing("ECONNREFUSED")).ask("/v1/groups/20", { method: "DELETE" }),
  "upstream-latched": () =>
    gatewayOverFetch(refusing("TOKENBREACH", 401)).ask("/v1/groups/20", { method: "DELETE" }),
  "upstream-outcome-unknown": () =>
    gatewayOverFetch(cut).ask("/v1/groups", { method: "POST", body: { name: "x" } }),
} satisfies Record<ProblemName, () => Promise<Answer>>;

const common = ["detail", "instance", "retryable", "sent", "status", "title", "type"];
const extra: Partial<Record<ProblemName, readonly string[]>> = {
  validation: ["errors"],
  "insufficient-scope": ["required_scope"],
  "object-not-allowed": ["gid"],
  "group-not-known": ["gid"],
  "member-not-known": ["gid"],
  "version-mismatch": ["etag"],
  "removals-over-cap": ["gid", "removals"],
  "idempotency-key-reused": ["operation"],
  "group-not-found": ["operation", "upstream"],
  "method-not-allowed": ["allow"],
  "quota-exceeded": ["violated-policies"],
  "event-history-gone": ["newest_event_id", "oldest_event_id"],
  "not-ready": ["checks"],
  "upstream-refused": ["operation", "upstream"],
  "upstream-cannot-list": ["operation", "upstream"],
  "upstream-latched": ["upstream"],
  "upstream-protocol": ["may_have_happened", "operation"],
  "upstream-outcome-unknown": ["may_have_happened", "operation"],
};

describe.each(problemNames)("%s", (name) => {
  test("is answered with its status, its members, the request's id and a page", async () => {
    const answer = await produce[name]();
    const problem = problemIn(answer);
    const { status, title } = problemTypes[name];
    expect({ http: answer.status, ...problem }).toMatchObject({
      http: status,
      status,
      title,
      type: `/problems/${name}`,
    });
    expect(Object.keys(problem).toSorted()).toEqual([...common, ...(extra[name] ?? [])].toSorted());
    expect(problem.instance).toBe(answer.headers.get("x-request-id"));
    expect(answer.text).not.toMatch(/ {4}at |node_modules|\.ts:/);

    const page = await gatewayOverMock().ask(problem.type);
    expect(page.json).toEqual({
      type: `/problems/${name}`,
      title,
      status,
      meaning: problemTypes[name].meaning,
      remedy: problemTypes[name].remedy,
    });
  });
});

test("a problem's page is HTML for a browser", async () => {
  const headers = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
  const answer = await gatewayOverMock().ask("/problems/validation", { headers });
  expect(answer.headers.get("content-type")).toBe("text/html; charset=UTF-8");
  expect(answer.text).toContain("<h1>The request has fields that cannot be taken</h1>");
  expect(answer.text).toContain("Look at <code>errors</code>:");
});

test("an unknown problem has no page", async () => {
  expect(problemIn(await gatewayOverMock().ask("/problems/toString"))).toMatchObject({
    status: 404,
    type: "/problems/not-found",
  });
});

describe("what may be sent again", () => {
  test.each([
    ["POST", "/v1/groups", { name: "x" }, false, true],
    ["PATCH", "/v1/groups/20", { name: "x" }, true, true],
    ["DELETE", "/v1/groups/20", undefined, true, true],
    ["DELETE", "/v1/groups/20/members/a", undefined, true, true],
    ["POST", "/v1/group-imports", { gids: [20] }, true, false],
  ])(
    "without an answer, %s %s says so honestly",
    async (method, path, body, retryable, may_have_happened) => {
      for (const [fetch, status] of [
        [cut, 504],
        [failing("ECONNRESET"), 504],
        [answering("<html>"), 502],
        [answering("{}", 502), 502],
      ] as const) {
        const { ask, sent } = gatewayOverFetch(fetch);
        const problem = problemIn(await ask(path, { method, body }));
        expect(problem).toMatchObject({ status, retryable, may_have_happened });
        expect(problem.sent).not.toBe("no");
        expect(sent()).toBe(1);
      }
    },
  );

  test("what was not sent may always be sent again", async () => {
    const { ask } = gatewayOverFetch(failing("ECONNREFUSED"));
    const answer = await ask("/v1/groups", { method: "POST", body: { name: "x" } });
    expect(answer.headers.get("retry-after")).toBe("1");
    expect(problemIn(answer)).toMatchObject({
      status: 503,
      type: "/problems/upstream-unavailable",
      detail: "groupadd was not sent (ECONNREFUSED); nothing has happened.",
      retryable: true,
      sent: "no",
    });
  });
});

test.each([
  [[], "gids must be a list of 1 to 100 gids, not an empty list."],
  [
    Array.from({ length: 101 }, (_, index) => index + 1),
    "gids must be a list of 1 to 100 gids, not a list of 101.",
  ],
  [[7, 7], "gids must be a list of 1 to 100 gids, none of them twice, not a list of 2."],
  [7, "gids must be a list of 1 to 100 gids, not 7."],
])("an import of %j is told what its list must be", async (gids, detail) => {
  const answer = await gatewayOverMock().ask("/v1/group-imports", { method: "POST", body: { gids } });
  expect(problemIn(answer)).toMatchObject({ status: 400, detail });
});

describe("what a body may be", () => {
  const post = async (body: BodyInit | undefined, headers: Record<string, string>) => {
    const { request, mock } = gatewayOverMock();
    const own = { authorization: "Bearer another-key", "idempotency-key": "k" };
    const init: RequestInit = { method: "POST", headers: { ...own, ...headers } };
    if (body !== undefined) init.body = body;
    const response = await request("/v1/groups", init);
    const { type = null } = (await response.json()) as { type?: string };
    return { status: response.status, type, groups: mock.world().groups().length };
  };

  test.each([
    ["application/json", 201],
    ["Application/JSON; charset=UTF-8", 201],
    ['application/json;charset="utf-8"', 201],
    ["application/json; charset=latin1", 415],
    ["application/merge-patch+json", 415],
    ["application/problem+json", 415],
    ["text/plain", 415],
    ["", 415],
    ["application/jsonx", 415],
  ])("Content-Type %j is %i", async (type, status) => {
    expect(await post('{"name":"x"}', { "content-type": type })).toEqual({
      status,
      type: status === 201 ? null : "/problems/unsupported-media-type",
      groups: status === 201 ? 3 : 2,
    });
  });

  test("a charset that is none of UTF-8's is named", async () => {
    const headers = { "content-type": "application/json; charset=utf-16" };
    const answer = await gatewayOverMock().ask("/v1/groups", {
      method: "POST",
      body: { name: "x" },
      headers,
    });
    expect(problemIn(answer)).toMatchObject({
      status: 415,
      detail:
        'The charset of Content-Type must be utf-8, not "utf-16": send the body in UTF-8, with that charset or none.',
    });
  });

  test("none at all is 415, and PATCH says what it takes", async () => {
    expect(await post(undefined, {})).toMatchObject({ status: 415 });
    const answer = await gatewayOverMock().ask("/v1/groups/102529", {
      method: "PATCH",
      body: "x",
      headers: { "content-type": "text/plain" },
    });
    expect({ status: answer.status, patch: answer.headers.get("accept-patch") }).toEqual({
      status: 415,
      patch: "application/merge-patch+json, application/json",
    });
  });

  test.each([
    ["an unfinished object", '{"name":'],
    ["nothing", ""],
    ["a byte order mark in the middle", '{"name"\ufeff:"x"}'],
    ["UTF-8 that is none", Buffer.from('{"name":"\xff"}', "latin1")],
    ["a million brackets", "[".repeat(1_000_000)],
  ])("%s is malformed", async (_, body) => {
    expect(await post(body, json)).toMatchObject({ status: 400, type: "/problems/malformed", groups: 2 });
  });

  test.each([1024 * 1024, 1024 * 1024 + 1])("of %i bytes, in chunks and without a length", async (size) => {
    const text = '{"name":"x"}'.padEnd(size, " ");
    const half = Math.floor(size / 2);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const part of [text.slice(0, half), text.slice(half)]) {
          controller.enqueue(new TextEncoder().encode(part));
        }
        controller.close();
      },
    });
    const { request } = gatewayOverMock();
    const response = await request("/v1/groups", {
      method: "POST",
      headers: { ...json, authorization: "Bearer another-key", "idempotency-key": "k" },
      body,
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(size > 1024 * 1024 ? 413 : 201);
  });
});

describe("what is accepted", () => {
  test.each([
    ["application/json", 200],
    ["*/*", 200],
    ["application/*;q=0.5", 200],
    ["text/html, application/problem+json", 200],
    ["", 200],
    ["text/html", 406],
    ["application/json;q=0", 406],
    ["application/xml, text/*", 406],
  ])("Accept %j is %i", async (accept, status) => {
    for (const path of ["/v1/groups", "/livez", "/readyz", "/openapi.json"]) {
      expect((await gatewayOverMock().ask(path, { headers: { accept } })).status).toBe(status);
    }
  });
});

describe("request ids", () => {
  test.each(["abc", "A-b_9", "x".repeat(64)])("%s is taken over", async (id) => {
    const { ask, log } = gatewayOverMock();
    const answer = await ask("/v1/nowhere", { headers: { "x-request-id": id } });
    expect([answer.headers.get("x-request-id"), problemIn(answer).instance, log[0]?.request_id]).toEqual([
      id,
      id,
      id,
    ]);
  });

  test.each(["", "a b", "a=b", "x".repeat(65), "é", "a;b"])("%j is replaced", async (id) => {
    const answer = await gatewayOverMock().ask("/livez", { headers: { "x-request-id": id } });
    expect(answer.headers.get("x-request-id")).toMatch(/^[\da-f-]{36}$/);
  });
});

test("every answer carries the secure headers, and everything below /v1 is not to be stored", async () => {
  for (const path of ["/v1/groups", "/v1/nowhere", "/livez", "/problems/validation"]) {
    const { headers } = await gatewayOverMock().ask(path);
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(headers.get("x-powered-by")).toBeNull();
    expect(headers.get("cache-control")).toBe(path.startsWith("/v1") ? "no-store" : null);
  }
  const { headers } = await gatewayOverMock().ask("/v1/groups", { headers: { authorization: "" } });
  expect(headers.get("cache-control")).toBe("no-store");
});

test("broken percent-encoding is refused, so that no two paths mean one address", async () => {
  for (const path of ["%ff", "%c3%28", "%", "%zz"]) {
    const answer = await gatewayOverMock().ask(`/v1/groups/102529/permissions/${path}`);
    expect(problemIn(answer)).toMatchObject({ status: 400, type: "/problems/malformed" });
  }
});

test("a NUL in a URL is refused, because PostgreSQL takes none", async () => {
  const nul = ["groups?filter[name]=a%00*", "audit?actor=%00", "operations/%00", "groups/%31%00"];
  for (const path of [...nul, `operations?cursor=${Buffer.from("\0").toString("base64url")}`]) {
    const answer = await gatewayOverMock().ask(`/v1/${path}`);
    expect(problemIn(answer).status).toBe(400);
  }
});
