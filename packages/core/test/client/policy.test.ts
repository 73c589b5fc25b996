import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createClient, type Client, type ClientOptions, type FetchLike } from "../../src/index.ts";
import {
  bodyOf,
  cutConnection,
  done,
  failureOf,
  html,
  refuse,
  scripted,
  silent,
  type Step,
} from "./support/script.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const gid = 7;
const made = { groups: [], count: 0, groupscount: 0, group: { gid } };
const clientOf = (fetch: FetchLike, options: Partial<ClientOptions> = {}): Client =>
  createClient({ token: "t", url: "http://127.0.0.1:1/", dialect: "form", fetch, ...options });

/** A server that answers when the test says so. */
function doors() {
  const waiting: (() => void)[] = [];
  const fetch: FetchLike = () =>
    new Promise((resolve) => {
      waiting.push(() => resolve(Response.json({ ...made, op: "x", result: true })));
    });
  return {
    fetch,
    inside: () => waiting.length,
    open: async () => {
      waiting.shift()?.();
      await vi.advanceTimersByTimeAsync(0);
    },
  };
}

/** A server that follows what the test has set last. */
function weather(first: Step) {
  let script = scripted(first);
  const ops: (string | null)[] = [];
  return {
    ops,
    set: (step: Step) => {
      script = scripted(step);
    },
    fetch: (async (url, init) => {
      ops.push(new URLSearchParams(bodyOf(init)).get("op"));
      return script.fetch(url, init);
    }) satisfies FetchLike,
  };
}

const settle = async <T>(promise: Promise<T>): Promise<T> => {
  const ended = promise.then(
    () => undefined,
    () => undefined,
  );
  await vi.runAllTimersAsync();
  await ended;
  return promise;
};

describe("requests in flight", () => {
  test("are 8 at most; the others wait in their order, and none is lost", async () => {
    const { fetch, inside, open } = doors();
    const client = clientOf(fetch);
    const order: number[] = [];
    const calls = Array.from({ length: 20 }, async (_, index) => {
      await client.groups.list();
      order.push(index);
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(client.state()).toMatchObject({ inFlight: 8, queued: 12 });
    for (let served = 0; served < 20; served += 1) {
      expect(inside()).toBeLessThanOrEqual(8);
      await open();
    }
    await Promise.all(calls);
    expect(order).toEqual([...order].toSorted((a, b) => a - b));
    expect(client.state()).toEqual({
      inFlight: 0,
      queued: 0,
      breaker: "closed",
      retries: 0,
      retriesRefused: 0,
      quietGroups: 0,
      latched: undefined,
    });
  });

  test("over maxQueued is told at once, and not sent", async () => {
    const { fetch, inside, open } = doors();
    const client = clientOf(fetch, { maxInFlight: 1, maxQueued: 1 });
    const calls = [client.groups.list(), client.groups.list()];
    const beforeSend = vi.fn<() => Promise<void>>(async () => undefined);
    expect(await failureOf(client.groups.create({}, { beforeSend }))).toMatchObject({
      kind: "not_sent",
      sent: "no",
      attempts: 0,
      reason: "queue_full",
      retryAfterMs: undefined,
      message: "groupadd: not sent, because too many calls wait already.",
    });
    expect([inside(), beforeSend.mock.calls.length]).toEqual([1, 0]);
    await open();
    await open();
    await Promise.all(calls);
  });

  test("of several callers are served in turn, and a full line makes room for whoever has a shorter one", async () => {
    const { fetch, open } = doors();
    const client = clientOf(fetch, { maxInFlight: 1, maxQueued: 4 });
    const order: string[] = [];
    const ask = async (name: string, caller: string): Promise<void> => {
      await client.groups.create({ name }, { caller }).then(
        () => order.push(name),
        (error: unknown) => order.push(`${name} ${String(Reflect.get(Object(error), "reason"))}`),
      );
    };
    const calls = [0, 1, 2, 3, 4].map((index) => ask(`a${index}`, "a"));
    await vi.advanceTimersByTimeAsync(0);
    calls.push(ask("b0", "b"), ask("b1", "b"), ask("b2", "b"), ask("a5", "a"));
    for (let served = 0; served < 5; served += 1) {
      await vi.advanceTimersByTimeAsync(0);
      await open();
    }
    await Promise.all(calls);
    expect(order.toSorted()).toEqual(
      [
        "a0",
        "a1",
        "a2",
        "a3 queue_full",
        "a4 queue_full",
        "a5 queue_full",
        "b0",
        "b1",
        "b2 queue_full",
      ].toSorted(),
    );
    expect(order.filter((name) => !name.includes(" "))).toEqual(["a0", "a1", "b0", "a2", "b1"]);
  });

  test("that stay too long keep others waiting for queueWaitMs only, and who left the line takes no place", async () => {
    const { fetch, open } = doors();
    const client = clientOf(fetch, { maxInFlight: 1, queueWaitMs: 2_000 });
    const first = client.groups.list();
    const second = failureOf(client.groups.list());
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await second).toMatchObject({ reason: "queue_wait", attempts: 0 });
    const third = client.groups.list();
    await open();
    await open();
    await Promise.all([first, third]);
    expect(client.state()).toMatchObject({ inFlight: 0, queued: 0 });
  });

  test("are waited for until the deadline, or the signal, and no longer", async () => {
    const { fetch } = scripted(silent);
    const client = clientOf(fetch, { maxInFlight: 1, timeoutMs: 9_000, deadlineMs: 5_000 });
    const first = failureOf(client.groups.list());
    const late = failureOf(client.groups.list());
    const controller = new AbortController();
    const stopped = failureOf(client.groups.list({}, { signal: controller.signal }));
    controller.abort();
    expect(await stopped).toMatchObject({ kind: "cancelled", sent: "no" });
    await settle(Promise.all([first, late]));
    expect(await late).toMatchObject({ reason: "deadline", sent: "no" });
    expect(await first).toMatchObject({ kind: "unknown" });
  });

  test("are told with how long they waited", async () => {
    const { fetch, open } = doors();
    const waited: number[] = [];
    const client = clientOf(fetch, { maxInFlight: 1, onCall: ({ waitedMs }) => waited.push(waitedMs) });
    const calls = [client.groups.list(), client.groups.list()];
    await vi.advanceTimersByTimeAsync(700);
    await open();
    await open();
    await Promise.all(calls);
    expect(waited).toEqual([0, 700]);
  });

  test("leave no place taken when what comes before the first byte fails", async () => {
    const { fetch } = scripted(done(made));
    const client = clientOf(fetch, { maxInFlight: 1 });
    const beforeSend = () => Promise.reject(new RangeError("mine"));
    await expect(client.groups.create({}, { beforeSend })).rejects.toThrow("mine");
    expect(client.state().inFlight).toBe(0);
  });

  test("of a latched client are given up while they wait", async () => {
    const answers: (() => void)[] = [];
    const client = clientOf(
      () =>
        new Promise((resolve) => {
          answers.push(() => resolve(Response.json({ error: "AUTHFAIL", op: "x", result: false })));
        }),
      { maxInFlight: 1 },
    );
    const first = failureOf(client.groups.list());
    const second = failureOf(client.groups.list());
    await vi.advanceTimersByTimeAsync(0);
    for (const answer of answers) answer();
    expect([(await first)["kind"], (await second)["kind"]]).toEqual(["auth", "latched"]);
    expect(client.state().latched).toMatchObject({ kind: "auth" });
    expect(answers).toHaveLength(1);
  });
});

describe("repetitions", () => {
  test("are a fifth of the active calls, and three at least", async () => {
    for (const [calls, allowed] of [
      [8, 3],
      [40, 8],
    ] as const) {
      const { fetch, requests } = scripted(cutConnection);
      const client = clientOf(fetch, { breaker: false, maxInFlight: 100, retries: 1 });
      const all = Array.from({ length: calls }, () => failureOf(client.groups.list()));
      await settle(Promise.all(all));
      expect(requests).toHaveLength(calls + allowed);
      expect(client.state()).toMatchObject({ retries: 0, retriesRefused: calls - allowed });
    }
  });
});

describe("the breaker", () => {
  const read = (client: Client) => client.groups.list();
  const create = (client: Client) => client.groups.create({ name: "x" });

  async function opened(calls = 20, options: Partial<ClientOptions> = {}) {
    const server = weather(cutConnection);
    const client = clientOf(server.fetch, { retries: 0, quietMs: 0, ...options });
    for (let call = 0; call < calls; call += 1) await failureOf(read(client));
    server.ops.length = 0;
    return { client, server };
  }

  test("opens at half of 20 lost requests, and what it holds back is told as not sent", async () => {
    const { client, server } = await opened(19);
    expect(client.state().breaker).toBe("closed");
    await failureOf(read(client));
    expect(client.state().breaker).toBe("open");
    const beforeSend = vi.fn<() => Promise<void>>(async () => undefined);
    expect(await failureOf(client.groups.create({}, { beforeSend }))).toMatchObject({
      kind: "not_sent",
      outcome: "not_sent",
      reason: "breaker_open",
      retryAfterMs: 10_000,
      message: "groupadd: not sent, because nothing comes through at the moment. Try again in 10 s.",
    });
    expect([server.ops.length, beforeSend.mock.calls.length]).toEqual([1, 0]);
  });

  test("counts answers that are none of mesibo's, and neither refusals nor what its caller stopped", async () => {
    const server = weather(refuse("NO"));
    const client = clientOf(server.fetch, { retries: 0 });
    for (let call = 0; call < 11; call += 1) await failureOf(read(client));
    server.set(html);
    for (let call = 0; call < 10; call += 1) await failureOf(read(client));
    server.set(silent);
    for (let call = 0; call < 30; call += 1) {
      const controller = new AbortController();
      const ended = failureOf(client.groups.list({}, { signal: controller.signal }));
      await vi.advanceTimersByTimeAsync(0);
      controller.abort();
      await ended;
    }
    expect(client.state().breaker).toBe("closed");
    server.set(html);
    await failureOf(read(client));
    expect(client.state().breaker).toBe("open");
  });

  test("forgets what is older than 30 seconds", async () => {
    const { client } = await opened(19);
    await vi.advanceTimersByTimeAsync(30_000);
    await failureOf(read(client));
    expect(client.state().breaker).toBe("closed");
  });

  test("lets one read through after 10 seconds; its answer closes it", async () => {
    const { client, server } = await opened();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(client.state().breaker).toBe("half_open");
    server.set(silent);
    const probe = failureOf(read(client));
    await vi.advanceTimersByTimeAsync(0);
    expect(await failureOf(read(client))).toMatchObject({ reason: "breaker_open", retryAfterMs: 1_000 });
    expect(await failureOf(create(client))).toMatchObject({ reason: "breaker_open" });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await probe).toMatchObject({ kind: "unknown" });
    expect(client.state().breaker).toBe("open");
    await vi.advanceTimersByTimeAsync(10_000);
    server.set(refuse("NO"));
    await failureOf(read(client));
    expect(client.state().breaker).toBe("closed");
    expect(server.ops).toEqual(["groupsget", "groupsget"]);
  });

  test("lets another probe through where the caller stopped the first", async () => {
    const { client, server } = await opened();
    await vi.advanceTimersByTimeAsync(10_000);
    server.set(silent);
    const controller = new AbortController();
    const stopped = failureOf(client.groups.list({}, { signal: controller.signal }));
    await vi.advanceTimersByTimeAsync(0);
    controller.abort();
    await stopped;
    server.set(done(made));
    await read(client);
    expect(client.state().breaker).toBe("closed");
  });

  test("finds out by a change that may be repeated, where no read is asked for", async () => {
    const { client, server } = await opened();
    await vi.advanceTimersByTimeAsync(10_000);
    server.set(done(made));
    await client.groups.delete(gid);
    expect(server.ops).toEqual(["groupdel"]);
    expect(client.state().breaker).toBe("closed");
  });

  test("never finds out by a create: a read goes first, and the create only once that is answered", async () => {
    const { client, server } = await opened();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await failureOf(create(client))).toMatchObject({ reason: "breaker_open", sent: "no" });
    expect(server.ops).toEqual(["groupsget"]);
    await vi.advanceTimersByTimeAsync(10_000);
    server.set(done(made));
    await create(client);
    expect(server.ops).toEqual(["groupsget", "groupsget", "groupadd"]);
  });

  test("keeps a repetition back, and then the outcome of the first request is told", async () => {
    const server = weather(cutConnection);
    const client = clientOf(server.fetch, { retries: 2 });
    for (let call = 0; call < 19; call += 1) await failureOf(create(client));
    const ended = failureOf(client.groups.delete(gid));
    await settle(ended);
    expect(await ended).toMatchObject({ kind: "unknown", attempts: 1, reason: "UND_ERR_SOCKET" });
    expect(server.ops).toHaveLength(20);
  });

  test("keeps back who waited for a place when it opened", async () => {
    const server = weather(cutConnection);
    const client = clientOf(server.fetch, { retries: 0, maxInFlight: 1 });
    for (let call = 0; call < 19; call += 1) await failureOf(read(client));
    const [lost, held] = await Promise.all([failureOf(read(client)), failureOf(read(client))]);
    expect([lost["kind"], held["reason"]]).toEqual(["unknown", "breaker_open"]);
    expect(client.state()).toMatchObject({ breaker: "open", inFlight: 0, queued: 0 });
  });

  test("can be left out", async () => {
    const { client } = await opened(30, { breaker: false });
    expect(client.state().breaker).toBe("closed");
  });
});

describe("a group whose change was lost", () => {
  test("is quiet for twice the timeout: the next change waits, and other groups do not", async () => {
    const server = weather(cutConnection);
    const client = clientOf(server.fetch, { retries: 0 });
    await failureOf(client.groups.edit({ gid, name: "A" }));
    expect(client.quiet.left(gid)).toBe(20_000);
    expect(client.state().quietGroups).toBe(1);
    server.set(done(made));
    await client.groups.edit({ gid: 8, name: "A" });
    const next = client.groups.edit({ gid, name: "B" });
    await vi.advanceTimersByTimeAsync(19_999);
    expect(server.ops).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    await next;
    expect(server.ops).toHaveLength(3);
    expect(client.state().quietGroups).toBe(0);
  });

  test("is quiet although a repetition was done", async () => {
    const { fetch } = scripted(cutConnection, done(made));
    const client = clientOf(fetch);
    await settle(client.groups.edit({ gid, name: "A" }));
    expect(client.quiet.left(gid)).toBeGreaterThan(0);
  });

  test("is not waited for where no time would be left, but told with when", async () => {
    const server = weather(cutConnection);
    const client = clientOf(server.fetch, { retries: 0, timeoutMs: 10_000, deadlineMs: 29_999 });
    await failureOf(client.groups.edit({ gid, name: "A" }));
    expect(await failureOf(client.groups.delete(gid))).toMatchObject({
      kind: "not_sent",
      reason: "quiet",
      retryAfterMs: 20_000,
      message:
        "groupdel: not sent, because a lost change of the same group may still be on its way. Try again in 20 s.",
    });
    expect(server.ops).toHaveLength(1);
  });

  test("is changed at once when somebody has looked", async () => {
    const server = weather(cutConnection);
    const client = clientOf(server.fetch, { retries: 0 });
    await failureOf(client.groups.edit({ gid, name: "A" }));
    server.set(done(made));
    const waiting = client.groups.edit({ gid, name: "B" });
    await vi.advanceTimersByTimeAsync(1_000);
    client.quiet.end(gid);
    await vi.advanceTimersByTimeAsync(0);
    await waiting;
    client.quiet.end(gid);
    expect(client.quiet.left(gid)).toBe(0);
  });

  test("is not waited for by who gives up", async () => {
    const client = clientOf(scripted(cutConnection).fetch, { retries: 0 });
    await failureOf(client.groups.edit({ gid, name: "A" }));
    const controller = new AbortController();
    const ended = failureOf(client.groups.delete(gid, { signal: controller.signal }));
    controller.abort();
    expect(await ended).toMatchObject({ kind: "cancelled", sent: "no" });
  });

  test("may be one that another client has lost", async () => {
    const { fetch } = scripted(done(made));
    const client = clientOf(fetch);
    client.quiet.keep({ gid, ms: 500 });
    client.quiet.keep({ gid, ms: 100 });
    client.quiet.keep({ gid: 8, ms: 0 });
    expect([client.quiet.left(gid), client.quiet.left(8)]).toEqual([500, 0]);
    const change = client.groups.delete(gid);
    await vi.advanceTimersByTimeAsync(500);
    await change;
  });
});

test("a lost change that arrives late never undoes a later one, in 150 kinds of weather", async () => {
  const timeoutMs = 4;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom("ok", "lost", "late"), { minLength: 2, maxLength: 5 }),
      async (forecast) => {
        const truth: string[] = [];
        let request = 0;
        const fetch: FetchLike = (_, init) => {
          const name = new URLSearchParams(bodyOf(init)).get("name") ?? "";
          const kind = forecast[Math.min(request, forecast.length - 1)];
          request += 1;
          if (kind === "lost") return Promise.reject(new TypeError("fetch failed"));
          if (kind === "ok") {
            truth.push(name);
            return Promise.resolve(Response.json({ group: { gid }, op: "x", result: true }));
          }
          setTimeout(() => truth.push(name), timeoutMs * 1.5);
          return new Promise(() => {});
        };
        const client = clientOf(fetch, { timeoutMs, retries: 0, deadlineMs: 10_000, quietMs: 2 * timeoutMs });
        const named: string[] = [];
        const walk = async (): Promise<void> => {
          for (const [index] of forecast.entries()) {
            const name = String(index);
            await client.groups.edit({ gid, name }).then(
              () => named.push(name),
              () => undefined,
            );
          }
        };
        const walked = walk();
        // More than every change of the longest forecast may take.
        await vi.advanceTimersByTimeAsync(10_000);
        await walked;
        const last = named.at(-1);
        if (last === undefined) return;
        // Whatever arrived after the last change that was done was asked for after it.
        expect(truth.slice(truth.indexOf(last)).every((name) => Number(name) >= Number(last))).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});
