import { inspect } from "node:util";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  MesiboError,
  NotSentError,
  RefusedError,
  UnknownOutcomeError,
  type CallRecord,
  type Client,
  type OpName,
} from "../../src/index.ts";
import {
  bodyOf,
  CANARY,
  clientOf,
  cutConnection,
  done,
  failed,
  failureOf,
  html,
  refuse,
  refusedConnection,
  scripted,
  seen,
  silent,
  type Step,
} from "./support/script.ts";

beforeEach(() => {
  vi.useFakeTimers();
  // Half of every pause: by chance alone a pause may be under a millisecond, which is no pause.
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Settles a promise while every timer runs out at once. */
async function settled<T>(promise: Promise<T>): Promise<T> {
  const ended = promise.then(
    () => undefined,
    () => undefined,
  );
  await vi.runAllTimersAsync();
  await ended;
  return promise;
}

const gid = 102529;
const calls = {
  useradd: (client) => client.users.create({ address: "a", appid: "x" }),
  userset: (client) => client.users.edit({ uid: 1, active: false }),
  userdel: (client) => client.users.delete({ address: "a" }),
  usersget: (client) => client.users.list(),
  usertoken: (client) => client.users.token({ uid: 1, appid: "x" }),
  groupadd: (client) => client.groups.create({ name: "x" }),
  groupset: (client) => client.groups.edit({ gid, name: "x" }),
  groupdel: (client) => client.groups.delete(gid),
  groupeditmembers: (client) =>
    client.call("groupeditmembers", { gid, members: ["a"], permissions: {}, remove: false }),
  groupgetmembers: (client) => client.members.list({ gid }),
  groupsget: (client) => client.groups.list(),
  message: (client) => client.send({ from: "a", to: ["b"], text: "hi" }),
} as const satisfies Record<OpName, (client: Client) => Promise<unknown>>;
const start = (op: OpName, client: Client): Promise<unknown> => calls[op](client);

const payloads = {
  useradd: { user: { uid: 1, address: "a", token: "user-token-secret" } },
  usertoken: { user: { uid: 1, token: "user-token-secret" } },
  usersget: { users: [], count: 0, userscount: 0 },
  groupadd: { group: { gid } },
  groupset: { group: { gid } },
  groupgetmembers: { count: 0, gid, members: [] },
  groupsget: { groups: [], count: 0, groupscount: 0 },
} satisfies Partial<Record<OpName, object>>;

const ops = Object.keys(calls) as OpName[];
const donePayload = (op: OpName): Step => done({ ...(payloads as Partial<Record<OpName, object>>)[op] });

describe("every op is told done when mesibo says so", () => {
  test.each(ops)("%s", async (op) => {
    const { fetch, requests } = scripted(donePayload(op));
    await settled(start(op, clientOf(fetch)));
    expect(requests.map(({ params }) => params.get("op"))).toEqual([op]);
  });
});

describe("the token", () => {
  test("travels in the body of a POST, never in the URL or a header, and redirects are not followed", async () => {
    const { fetch, requests } = scripted(done({ group: { gid } }));
    await settled(clientOf(fetch).groups.create({ name: "x" }));
    const [request] = requests;
    expect(request?.params.get("token")).toBe(CANARY);
    expect(request?.url).toBe("http://127.0.0.1:1/backend/");
    expect(request?.init).toMatchObject({
      method: "POST",
      redirect: "manual",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
    });
  });

  test("is written as a placeholder in the record of a call, in both dialects", async () => {
    const bodies: string[] = [];
    for (const dialect of ["form", "json"] as const) {
      const { fetch } = scripted(done({ group: { gid } }));
      await settled(
        clientOf(fetch, { dialect, onCall: ({ body }) => bodies.push(body) }).groups.create({ name: "x" }),
      );
    }
    expect(bodies).toEqual([
      "op=groupadd&name=x&token=$MESIBO_APP_TOKEN",
      '{"op":"groupadd","group":{"name":"x"},"token":"$MESIBO_APP_TOKEN"}',
    ]);
  });
});

describe("a refusal", () => {
  const op = "groupdel";
  test("is definitely not done, and carries mesibo's words", async () => {
    const { fetch } = scripted(
      refuse("BADGROUP", { code: 404, cause: "no such group", properties: ["gid"] }),
    );
    expect(await settled(failureOf(calls[op](clientOf(fetch))))).toEqual({
      name: "RefusedError",
      op,
      kind: "refused",
      sent: "yes",
      outcome: "refused",
      attempts: 1,
      docs: "docs/errors.md#refused",
      refusal: { error: "BADGROUP", code: 404, cause: "no such group", properties: ["gid"] },
      message: "groupdel: mesibo refused with BADGROUP 404 (gid): no such group",
    });
  });

  test("of three fields is one too", async () => {
    const { fetch } = scripted(refuse("BADOP"));
    expect(await settled(failureOf(calls[op](clientOf(fetch))))).toMatchObject({
      message: "groupdel: mesibo refused with BADOP.",
    });
  });

  test("with endless words or control characters stays one short line", async () => {
    const { fetch } = scripted(refuse("BAD", { cause: `\u001B[31m\r\nred${"x".repeat(9_000)}` }));
    const { message } = await settled(failureOf(calls[op](clientOf(fetch))));
    expect(message).toMatch(/^groupdel: mesibo refused with BAD:  \[31m redx+…$/);
    expect(String(message).length).toBeLessThan(400);
  });

  test("that repeats the app token does not give it away", async () => {
    const { fetch } = scripted(refuse(`E${CANARY}`, { cause: `bad ${CANARY}`, properties: [CANARY] }));
    expect(await settled(failureOf(calls[op](clientOf(fetch))))).toMatchObject({
      refusal: { error: "E[redacted]", cause: "bad [redacted]", properties: ["[redacted]"] },
    });
  });
});

describe("the latch", () => {
  test.each([
    ["AUTHFAIL", { code: 401 }, "auth"],
    ["INVALIDTOKEN", {}, "auth"],
    ["WHATEVER", { code: 401 }, "auth"],
    ["TOKENBREACH", {}, "breach"],
  ])("%s %j stops the client until it is reset", async (error, more, kind) => {
    const { fetch, requests } = scripted(refuse(error, more), done({ group: { gid } }));
    const client = clientOf(fetch);
    expect(client.latched()).toBeUndefined();
    expect(await settled(failureOf(calls.groupadd(client)))).toMatchObject({ kind, outcome: "refused" });
    expect(client.latched()).toBeInstanceOf(RefusedError);
    expect(await settled(failureOf(calls.groupsget(client)))).toEqual({
      name: "NotSentError",
      op: "groupsget",
      kind: "latched",
      sent: "no",
      outcome: "not_sent",
      attempts: 0,
      docs: "docs/errors.md#latched",
      reason: "latched",
      message: `groupsget: not sent, because mesibo answered ${error} earlier. Check the app token, then call reset().`,
    });
    expect(requests).toHaveLength(1);
    client.reset();
    expect(client.latched()).toBeUndefined();
    expect(await settled(client.groups.create({}))).toEqual({ gid });
  });

  test("tells the refusal before the call that met it ends, and once", async () => {
    const { fetch } = scripted(refuse("TOKENBREACH"));
    const told: unknown[] = [];
    const client = clientOf(fetch, { onLatch: (refusal) => told.push(refusal) });
    const failure = await settled(
      calls.groupset(client).then(
        () => "done",
        (error: unknown) => [error === told[0], told.length],
      ),
    );
    expect(failure).toEqual([true, 1]);
    await settled(failureOf(calls.groupset(client)));
    expect(told).toEqual([client.latched()]);
  });

  test("tells one refusal where two calls on their way meet one each", async () => {
    const { fetch } = scripted(refuse("TOKENBREACH"));
    const told: unknown[] = [];
    const client = clientOf(fetch, { onLatch: (refusal) => told.push(refusal) });
    await settled(Promise.all([failureOf(calls.groupadd(client)), failureOf(calls.groupadd(client))]));
    expect(told).toEqual([client.latched()]);
  });

  test("a client can start stopped by what stopped an earlier one", async () => {
    const first = clientOf(scripted(refuse("AUTHFAIL", { code: 401 })).fetch);
    await settled(failureOf(calls.groupset(first)));
    const { fetch, requests } = scripted(done({ group: { gid } }));
    const client = clientOf(fetch, { latched: first.latched() });
    expect(await settled(failureOf(calls.groupadd(client)))).toMatchObject({ kind: "latched", sent: "no" });
    expect(requests).toHaveLength(0);
    client.reset();
    expect(await settled(client.groups.create({}))).toEqual({ gid });
  });

  test("a client can be stopped by what stopped another one, and the first reason stays", async () => {
    const one = clientOf(scripted(refuse("AUTHFAIL", { code: 401 })).fetch);
    const two = clientOf(scripted(refuse("TOKENBREACH")).fetch);
    await settled(failureOf(calls.groupset(one)));
    await settled(failureOf(calls.groupset(two)));
    const { fetch, requests } = scripted(done());
    const client = clientOf(fetch);
    for (const { latched } of [one, two]) {
      const refusal = latched();
      if (refusal !== undefined) client.latch(refusal);
    }
    expect(await settled(failureOf(calls.groupset(client)))).toMatchObject({ kind: "latched" });
    expect([client.latched(), requests.length]).toEqual([one.latched(), 0]);
  });

  test("is told once where several calls meet the refusal at the same time", async () => {
    const { fetch, requests } = scripted(refuse("TOKENBREACH"), refuse("TOKENBREACH"));
    const told: RefusedError[] = [];
    const client = clientOf(fetch, { onLatch: (refusal) => told.push(refusal) });
    const both = [1, 2].map(() => failureOf(calls.groupadd(client)));
    expect((await settled(Promise.all(both))).map(({ kind }) => kind)).toEqual(["breach", "breach"]);
    expect([told, requests.length]).toEqual([[client.latched()], 2]);
  });

  test("keeps in what was waiting in a queue", async () => {
    const { fetch, requests } = scripted(refuse("TOKENBREACH"));
    const client = clientOf(fetch);
    const waiting = [1, 2, 3].map(() => failureOf(calls.groupset(client)));
    const kinds = (await settled(Promise.all(waiting))).map(({ kind }) => kind);
    expect(kinds).toEqual(["breach", "latched", "latched"]);
    expect(requests).toHaveLength(1);
  });
});

describe("what was sent without an answer is unknown", () => {
  test.each<[string, Step, string, string, string]>([
    ["closed", cutConnection, "UND_ERR_SOCKET", "maybe", "unknown"],
    [
      "reset while reading",
      failed({ code: "ECONNRESET", syscall: "read" }),
      "ECONNRESET",
      "maybe",
      "unknown",
    ],
    [
      "the host of a connection is gone",
      failed({ code: "EHOSTUNREACH", syscall: "read" }),
      "EHOSTUNREACH",
      "maybe",
      "unknown",
    ],
    ["timed out", silent, "timeout", "maybe", "unknown"],
    [
      "something else that is thrown",
      { kind: "throw", error: "a text" },
      "network failure",
      "maybe",
      "unknown",
    ],
    ["nothing that is thrown", { kind: "throw", error: undefined }, "network failure", "maybe", "unknown"],
    ["HTML with 502", html, "status 502, html", "yes", "protocol"],
    ["HTML with 200", { kind: "text", text: "<html>" }, "html", "yes", "protocol"],
    ["cut JSON", { kind: "text", text: '{"op":"groupadd","res' }, "not json", "yes", "protocol"],
    ["nothing at all", { kind: "text", text: "" }, "not json", "yes", "protocol"],
    ["JSON without a result", { kind: "answer", body: { op: "groupadd" } }, "no result", "yes", "protocol"],
    ["done without a gid", done(), "wrong shape", "yes", "protocol"],
    ["a redirect", { kind: "text", text: "", status: 302 }, "status 302, not json", "yes", "protocol"],
    [
      "an answer that says both",
      { kind: "text", text: '{"group":{"gid":5},"result":false,"result":true}' },
      "a key twice",
      "yes",
      "protocol",
    ],
    [
      "a refusal that says both",
      { kind: "text", text: '{"a":{"b":1},"result":true,"result":false}' },
      "a key twice",
      "yes",
      "protocol",
    ],
    [
      "a proxy's own refusal",
      { kind: "text", text: '{"error":"BUSY","result":false}', status: 503 },
      "status 503, refused with BUSY",
      "yes",
      "protocol",
    ],
    [
      "a redirecting proxy's own refusal",
      { kind: "text", text: '{"error":"MOVED","result":false}', status: 307 },
      "status 307, refused with MOVED",
      "yes",
      "protocol",
    ],
    [
      "what throws when it is read",
      {
        kind: "throw",
        error: new Proxy(
          {},
          {
            get: () => {
              throw new Error("a getter");
            },
          },
        ),
      },
      "network failure",
      "maybe",
      "unknown",
    ],
  ])("%s", async (_, step, reason, sent, kind) => {
    const { fetch, requests } = scripted(step);
    expect(await settled(failureOf(calls.groupadd(clientOf(fetch))))).toEqual({
      name: "UnknownOutcomeError",
      op: "groupadd",
      kind,
      sent,
      outcome: "unknown",
      attempts: 1,
      docs: `docs/errors.md#${kind}`,
      reason,
      mayHaveHappened: true,
      message: `groupadd: sent, but no usable answer (${reason}); it may have happened. Look before you repeat it.`,
    });
    expect(requests).toHaveLength(1);
  });

  test.each(["groupsget", "groupgetmembers", "usersget"] as const)(
    "%s is a read: no answer means that nothing was changed",
    async (op) => {
      const { fetch, requests } = scripted(html);
      expect(await settled(failureOf(start(op, clientOf(fetch, { retries: 0 }))))).toEqual({
        name: "UnknownOutcomeError",
        op,
        kind: "protocol",
        sent: "yes",
        outcome: "unknown",
        attempts: 1,
        docs: "docs/errors.md#protocol",
        reason: "status 502, html",
        mayHaveHappened: false,
        message: `${op}: sent, but no usable answer (status 502, html); it was a read, so nothing was changed. Ask again.`,
      });
      expect(requests).toHaveLength(1);
    },
  );

  test("an answer over 16 MiB, and one that breaks off in its body", async () => {
    const big = () => Promise.resolve(new Response("x".repeat(16 * 1024 * 1024 + 1)));
    expect(await settled(failureOf(calls.groupadd(clientOf(big))))).toMatchObject({
      reason: "answer over 16 MiB",
      kind: "protocol",
    });
    const broken = () =>
      Promise.resolve(
        new Response(
          new ReadableStream({
            pull: (controller) => {
              controller.error(new Error("gone"));
            },
          }),
        ),
      );
    expect(await settled(failureOf(calls.groupadd(clientOf(broken))))).toMatchObject({
      reason: "answer cut",
      sent: "yes",
      outcome: "unknown",
    });
  });

  test("an answer without a body", async () => {
    const empty = () => Promise.resolve(new Response(null, { status: 204 }));
    expect(await settled(failureOf(calls.groupadd(clientOf(empty))))).toMatchObject({
      reason: "status 204, not json",
    });
  });
});

test.each([
  ["every address of a name refused", ["ECONNREFUSED", "ENETUNREACH"], "no", "not_sent"],
  ["one address of a name may have got it", ["ECONNREFUSED", "EPIPE"], "maybe", "unknown"],
  ["no address is told", [], "maybe", "unknown"],
])("a name with several addresses: %s", async (_, codes, sent, outcome) => {
  const errors = codes.map((code) => Object.assign(new Error("failed"), { code }));
  const { fetch } = scripted(failed({ code: "ECONN", errors }));
  const failure = await settled(failureOf(calls.groupadd(clientOf(fetch, { retries: 0 }))));
  expect(failure).toMatchObject({ sent, outcome, attempts: 1 });
});

describe("what never left is not sent", () => {
  test.each([
    ["ENOTFOUND", { syscall: "getaddrinfo" }],
    ["EAI_AGAIN", {}],
    ["ECONNREFUSED", { syscall: "connect" }],
    ["UND_ERR_CONNECT_TIMEOUT", {}],
    ["ECONNRESET", { syscall: "connect" }],
    [
      "ECONNRESET",
      { message: "Client network socket disconnected before secure TLS connection was established" },
    ],
    ["CERT_HAS_EXPIRED", {}],
  ])("%s %j", async (code, more) => {
    const { fetch } = scripted(failed({ code, ...more }));
    expect(await settled(failureOf(calls.groupadd(clientOf(fetch, { retries: 0 }))))).toEqual({
      name: "NotSentError",
      op: "groupadd",
      kind: "not_sent",
      sent: "no",
      outcome: "not_sent",
      attempts: 1,
      docs: "docs/errors.md#not_sent",
      reason: code,
      message: `groupadd: not sent (${code}); nothing happened.`,
    });
  });

  test("Bun's refused connection, whose error is its own cause", async () => {
    const error = Object.assign(new Error("Unable to connect"), { code: "ConnectionRefused" });
    const { fetch } = scripted({ kind: "throw", error });
    expect(await settled(failureOf(calls.groupadd(clientOf(fetch, { retries: 0 }))))).toMatchObject({
      sent: "no",
    });
  });
});

describe("repetition", () => {
  const counts = async (op: OpName, step: Step) => {
    const { fetch, requests } = scripted(step, donePayload(op));
    await settled(start(op, clientOf(fetch)).catch(() => undefined));
    return requests.length;
  };
  const once = new Set<OpName>(["groupadd", "useradd", "usertoken", "message"]);

  test.each(ops)("%s is repeated after a refused connection", async (op) => {
    expect(await counts(op, refusedConnection)).toBe(2);
  });
  test.each(ops)("%s after a cut connection: only where twice is as good as once", async (op) => {
    expect(await counts(op, cutConnection)).toBe(once.has(op) ? 1 : 2);
  });
  test.each(ops)("%s is never repeated after a refusal", async (op) => {
    expect(await counts(op, refuse("NO"))).toBe(1);
  });

  test("two more times by default, and as often as told", async () => {
    const { fetch, requests } = scripted(refusedConnection);
    expect(await settled(failureOf(calls.groupset(clientOf(fetch))))).toMatchObject({
      attempts: 3,
      sent: "no",
    });
    expect(requests).toHaveLength(3);
    const none = scripted(refusedConnection);
    await settled(failureOf(calls.groupset(clientOf(none.fetch, { retries: 0 }))));
    expect(none.requests).toHaveLength(1);
  });

  test("what may have happened stays unknown when the repetition never left", async () => {
    const { fetch } = scripted(cutConnection, refusedConnection);
    expect(await settled(failureOf(calls.groupset(clientOf(fetch))))).toMatchObject({
      outcome: "unknown",
      reason: "UND_ERR_SOCKET",
    });
  });

  test("a group deleted by a first request and refused to the second is unknown, not refused", async () => {
    const { fetch } = scripted(cutConnection, refuse("BADGROUP"));
    expect(await settled(failureOf(calls.groupdel(clientOf(fetch))))).toMatchObject({
      kind: "unknown",
      outcome: "unknown",
      reason: "refused with BADGROUP when repeated",
      attempts: 2,
    });
  });

  test("a read that is refused the second time is refused: there was nothing to happen", async () => {
    const { fetch } = scripted(cutConnection, refuse("BADGROUP"));
    expect(await settled(failureOf(calls.groupgetmembers(clientOf(fetch))))).toMatchObject({
      outcome: "refused",
    });
  });
});

describe("time", () => {
  test("a request ends after timeoutMs, even where fetch minds no signal", async () => {
    const { fetch } = scripted(silent);
    const started = Date.now();
    await settled(failureOf(calls.groupadd(clientOf(fetch, { timeoutMs: 700 }))));
    expect(Date.now() - started).toBe(700);
  });

  test("an operation ends at its deadline, repetitions included", async () => {
    const { fetch } = scripted(silent);
    const started = Date.now();
    const client = clientOf(fetch, { timeoutMs: 400, deadlineMs: 1_000, retries: 50 });
    expect(await settled(failureOf(calls.groupsget(client)))).toMatchObject({
      outcome: "unknown",
      reason: "timeout",
    });
    expect(Date.now() - started).toBe(1_000);
  });

  test("one that waits for another of its group until its deadline was not sent", async () => {
    const { fetch, requests } = scripted(silent);
    const client = clientOf(fetch, { timeoutMs: 1_000, deadlineMs: 1_000, retries: 0 });
    const [first, second] = await settled(
      Promise.all([failureOf(calls.groupset(client)), failureOf(calls.groupset(client))]),
    );
    expect(first).toMatchObject({ outcome: "unknown", reason: "timeout" });
    expect(second).toMatchObject({
      outcome: "not_sent",
      reason: "deadline",
      message: "groupset: not sent, its time ran out while it waited.",
    });
    expect(requests).toHaveLength(1);
  });

  test.each([-86_400_000, 86_400_000])(
    "a system clock that is set %i ms meanwhile ends or prolongs nothing",
    async (change) => {
      const script = scripted(refusedConnection, silent);
      const fetch = (url: string, init: RequestInit): Promise<Response> => {
        vi.setSystemTime(Date.now() + change);
        return script.fetch(url, init);
      };
      const durations: number[] = [];
      const onCall = ({ durationMs }: CallRecord) => durations.push(durationMs);
      const client = clientOf(fetch, { timeoutMs: 5_000, deadlineMs: 1_000, onCall });
      const started = performance.now();
      expect(await settled(failureOf(calls.groupset(client)))).toMatchObject({
        reason: "timeout",
        attempts: 2,
      });
      expect(performance.now() - started).toBe(1_000);
      expect(durations).toEqual([0, expect.any(Number)]);
      expect(durations[1]).toBeGreaterThan(800);
      expect(durations[1]).toBeLessThanOrEqual(1_000);
    },
  );

  test("no timer is left behind", async () => {
    const { fetch } = scripted(done({ group: { gid } }));
    const client = clientOf(fetch);
    await Promise.all([client.groups.edit({ gid, name: "a" }), client.groups.edit({ gid, name: "b" })]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("cancelling", () => {
  test("before it is sent: nothing happened", async () => {
    const { fetch, requests } = scripted(done({ group: { gid } }));
    const signal = AbortSignal.abort();
    expect(await failureOf(clientOf(fetch).groups.delete(gid, { signal }))).toMatchObject({
      kind: "cancelled",
      sent: "no",
    });
    expect(await settled(failureOf(clientOf(fetch).groups.create({}, { signal })))).toMatchObject({
      name: "NotSentError",
      kind: "cancelled",
      sent: "no",
      reason: "aborted",
      message: "groupadd: cancelled before it was sent.",
    });
    expect(requests).toHaveLength(0);
  });

  test("while it is under way: it may have happened, and the signal reaches fetch", async () => {
    const { fetch, requests } = scripted(silent);
    const controller = new AbortController();
    const ended = failureOf(clientOf(fetch).groups.create({}, { signal: controller.signal }));
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    controller.abort();
    expect(await settled(ended)).toMatchObject({
      name: "UnknownOutcomeError",
      kind: "cancelled",
      sent: "maybe",
    });
    expect(requests[0]?.init.signal?.aborted).toBe(true);
  });

  test("while it waits for another of its group: at once, and the queue goes on", async () => {
    const { fetch, requests } = scripted(silent);
    const client = clientOf(fetch, { retries: 0, timeoutMs: 500 });
    const first = failureOf(calls.groupset(client));
    const controller = new AbortController();
    const second = failureOf(client.groups.edit({ gid, name: "second" }, { signal: controller.signal }));
    const third = failureOf(client.groups.edit({ gid, name: "third" }));
    controller.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(await second).toMatchObject({ kind: "cancelled", sent: "no" });
    expect(requests).toHaveLength(1);
    await settled(Promise.all([first, third]));
    expect(requests.map(({ params }) => params.get("name"))).toEqual(["x", "third"]);
  });

  test("while it waits to repeat: what may have happened is unknown", async () => {
    const { fetch, requests } = scripted(cutConnection);
    const controller = new AbortController();
    const ended = failureOf(clientOf(fetch).groups.edit({ gid, name: "x" }, { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(0);
    controller.abort();
    expect(await settled(ended)).toMatchObject({ outcome: "unknown" });
    expect(requests).toHaveLength(1);
  });
});

describe("order", () => {
  test("changes of one group wait for each other; reads, messages and other groups do not", async () => {
    const waiting: { name: string; go: () => void }[] = [];
    const fetch = (_: string, init: RequestInit) => {
      const params = new URLSearchParams(bodyOf(init));
      return new Promise<Response>((resolve) => {
        const name = `${params.get("op")} ${params.get("gid") ?? ""} ${params.get("name") ?? ""}`.trim();
        const payload = { count: 0, gid, members: [], group: { gid }, op: "x", result: true };
        waiting.push({ name, go: () => resolve(Response.json(payload)) });
      });
    };
    const client = clientOf(fetch);
    const all = [
      client.groups.edit({ gid: 1, name: "first" }),
      client.groups.edit({ gid: 1, name: "second" }),
      client.groups.edit({ gid: 2, name: "other" }),
      client.members.list({ gid: 1 }),
      client.send({ from: "a", to: [], gid: 1, text: "hi" }),
    ];
    await vi.advanceTimersByTimeAsync(0);
    expect(waiting.map(({ name }) => name)).toEqual([
      "groupgetmembers 1",
      "message 1",
      "groupset 1 first",
      "groupset 2 other",
    ]);
    waiting[2]?.go();
    await vi.advanceTimersByTimeAsync(0);
    expect(waiting.at(-1)?.name).toBe("groupset 1 second");
    for (const { go } of waiting) go();
    await settled(Promise.all(all));
  });

  test("a request is what it was when the call was made", async () => {
    const { fetch, requests } = scripted(silent);
    const client = clientOf(fetch, { retries: 0, timeoutMs: 100 });
    const change = { gid, name: "as called" };
    const ended = [failureOf(client.groups.edit(change)), failureOf(client.call("groupset", change))];
    change.name = "changed later";
    await settled(Promise.all(ended));
    expect(requests.map(({ params }) => params.get("name"))).toEqual(["as called", "as called"]);
  });

  test("edit never sends members, which would replace the whole list", async () => {
    const { fetch, requests } = scripted(done({ group: { gid } }));
    const stray = { gid, name: "x", members: ["a"], permissions: {} };
    await settled(clientOf(fetch).groups.edit(stray));
    expect(requests[0]?.params.has("m")).toBe(false);
  });
});

describe("the record of a call", () => {
  test("tells what was sent and what came, without user tokens", async () => {
    const { fetch } = scripted(
      cutConnection,
      done({ groups: [], count: 0, groupscount: 0, app: { token: CANARY } }),
    );
    const records: unknown[] = [];
    const client = clientOf(fetch, { onCall: (record) => records.push(record) });
    await settled(client.groups.list());
    const common = {
      op: "groupsget",
      url: "http://127.0.0.1:1/backend/",
      contentType: "application/x-www-form-urlencoded",
      body: "op=groupsget&token=$MESIBO_APP_TOKEN",
      startedAt: expect.any(Number) as number,
      durationMs: 0,
      waitedMs: 0,
    };
    expect(records).toEqual([
      { ...common, attempt: 1, outcome: "unknown", status: undefined, answer: undefined },
      {
        ...common,
        attempt: 2,
        outcome: "done",
        status: 200,
        answer: '{"groups":[],"count":0,"groupscount":0,"app":{"token":"[redacted]"},"op":"x","result":true}',
      },
    ]);
  });

  test("holds the beginning of a long answer", async () => {
    const long = `{"result":true,"op":"groupsget","count":0,"pad":"${"x".repeat(70_000)}`;
    const { fetch } = scripted({ kind: "text", text: long });
    const records: CallRecord[] = [];
    await settled(
      failureOf(
        clientOf(fetch, { retries: 0, onCall: (record) => records.push(record) }).groups.create({
          name: "x",
        }),
      ),
    );
    expect(records.map(({ answer }) => answer)).toEqual([long.slice(0, 65_536)]);
  });

  test.each<[string, () => void]>([
    [
      "throws",
      () => {
        throw new Error("mine");
      },
    ],
    // A type that promises nothing takes a function that does, and its rejection would end the process.
    ["rejects", () => Promise.reject(new Error("mine"))],
  ])("an inspector that %s changes nothing", async (_, onCall) => {
    const { fetch } = scripted(done({ group: { gid } }));
    expect(await settled(clientOf(fetch, { onCall }).groups.create({}))).toEqual({ gid });
  });

  test("of a token too short to be a secret is readable", async () => {
    const { fetch } = scripted(refuse("AUTHFAIL", { cause: "T is no token" }));
    const failure = await settled(failureOf(clientOf(fetch, { token: "T" }).groups.delete(gid)));
    expect(failure["message"]).toBe("groupdel: mesibo refused with AUTHFAIL: T is no token");
  });

  test("is optional", async () => {
    const { createClient } = await import("../../src/index.ts");
    const { fetch } = scripted(done({ group: { gid } }));
    expect(await settled(createClient({ token: "t", fetch }).groups.create({}))).toEqual({ gid });
  });
});

test("every error is a MesiboError and one of its kinds", () => {
  const errors = seen.filter((value) => value instanceof Error);
  expect(errors.length).toBeGreaterThan(40);
  for (const error of errors) {
    expect(error).toBeInstanceOf(MesiboError);
    const known = [RefusedError, NotSentError, UnknownOutcomeError].some((kind) => error instanceof kind);
    expect(known).toBe(true);
  }
});

afterAll(() => {
  const spellings = [
    CANARY,
    encodeURIComponent(CANARY),
    JSON.stringify(CANARY).slice(1, -1),
    "user-token-secret",
  ];
  const everything = inspect(seen, { depth: 12, maxStringLength: null, maxArrayLength: null });
  for (const spelling of spellings)
    expect(everything.includes(spelling), "a token was given away").toBe(false);
});

describe("what comes before the first byte", () => {
  test("is waited for, once, whatever is repeated", async () => {
    const { fetch, requests } = scripted(refusedConnection, refusedConnection, done({ group: { gid } }));
    const seen: number[] = [];
    const client = clientOf(fetch);
    const beforeSend = async (): Promise<void> => void seen.push(requests.length);
    expect(await settled(client.groups.create({}, { beforeSend }))).toEqual({ gid });
    expect([seen, requests.length]).toEqual([[0], 3]);
  });

  test("keeps the request back when it throws", async () => {
    const { fetch, requests } = scripted(done({ group: { gid } }));
    const beforeSend = (): Promise<void> => Promise.reject(new Error("the disk is full"));
    const refused = clientOf(fetch)
      .groups.create({}, { beforeSend })
      .catch((error: unknown) => String(error));
    expect(await settled(refused)).toBe("Error: the disk is full");
    expect(requests).toHaveLength(0);
  });

  test("does not happen where nothing would be sent", async () => {
    const { fetch } = scripted(refuse("TOKENBREACH"));
    const client = clientOf(fetch);
    await settled(failureOf(calls.groupset(client)));
    let called = 0;
    const beforeSend = async (): Promise<void> => void (called += 1);
    const failure = await settled(client.groups.create({}, { beforeSend }).catch((error: unknown) => error));
    expect([failure, called]).toEqual([expect.objectContaining({ kind: "latched" }), 0]);
  });

  test("whatever happened while it was waited for counts", async () => {
    const { fetch, requests } = scripted(done({ group: { gid } }));
    const stop = new AbortController();
    const beforeSend = async (): Promise<void> => stop.abort();
    const failure = await settled(
      clientOf(fetch)
        .groups.create({}, { beforeSend, signal: stop.signal })
        .catch((error: unknown) => error),
    );
    expect([failure, requests.length]).toEqual([
      expect.objectContaining({ kind: "cancelled", sent: "no" }),
      0,
    ]);
  });

  test("comes before the first call of a member list only", async () => {
    const { fetch, requests } = scripted(done(), done());
    let called = 0;
    const beforeSend = async (): Promise<void> => void (called += 1);
    const addresses = Array.from({ length: 150 }, (_, index) => `user${index}`);
    await settled(clientOf(fetch).members.remove({ gid, addresses }, { beforeSend }));
    expect([called, requests.length]).toEqual([1, 2]);
  });
});
