import { getEventListeners, once } from "node:events";
import { createServer, get, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { deliverFetch } from "../../src/faults/deliver-fetch.ts";
import { deliverNode } from "../../src/faults/deliver-node.ts";
import { waitFor } from "../../src/faults/wait.ts";
import { startMock, type FaultRule } from "../../src/index.ts";
import type { Reply } from "../../src/reply.ts";

const reply: Reply = {
  status: 200,
  contentType: "application/json",
  text: '{"op":"groupadd","result":true}',
};
const drip = { effect: "drip", bytes: 1, every_ms: 60_000 } as const;

// Sockets are real; only the timers of the drip are counted, and none of them ever ends by itself.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("over a socket", () => {
  /** Serves each request with `answer`; gives the address. */
  async function serving(answer: (response: ServerResponse) => void) {
    const server = createServer((_, response) => {
      answer(response);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    return { port, [Symbol.dispose]: () => void server.close() };
  }

  test("who hangs up in the middle of a drip leaves no timer behind", async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>();
    using server = await serving((response) => {
      deliverNode(response, reply, drip);
      response.once("close", () => {
        resolve();
      });
    });
    const request = get({ port: server.port, host: "127.0.0.1" });
    request.on("error", () => {});
    const [response] = (await once(request, "response")) as [IncomingMessage];
    response.on("error", () => {});
    await once(response, "data");
    await expect.poll(() => vi.getTimerCount()).toBe(1);
    request.destroy();
    await closed;
    expect(vi.getTimerCount()).toBe(0);
  });

  test("who hung up before the answer gets no drop of it", async () => {
    const { promise, resolve } = Promise.withResolvers<ServerResponse>();
    using server = await serving((response) => {
      response.once("close", () => {
        resolve(response);
      });
      request.destroy();
    });
    const request = get({ port: server.port, host: "127.0.0.1" });
    request.on("error", () => {});
    const response = await promise;
    deliverNode(response, reply, drip);
    expect({ begun: response.headersSent, timers: vi.getTimerCount() }).toEqual({ begun: false, timers: 0 });
    await new Promise(setImmediate);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("in process", () => {
  const start = () => {
    const caller = new AbortController();
    const response = deliverFetch(reply, drip, caller.signal);
    const left = () => ({
      timers: vi.getTimerCount(),
      listeners: getEventListeners(caller.signal, "abort").length,
    });
    return { caller, left, reader: (response.body ?? new ReadableStream()).getReader() };
  };
  const nothing = { timers: 0, listeners: 0 };

  test("a drip that nobody reads waits for nobody", async () => {
    const { left } = start();
    await new Promise(setImmediate);
    expect(left()).toEqual(nothing);
  });

  test("who cancels the body in the middle of a drip leaves no timer and no listener behind", async () => {
    const { left, reader } = start();
    await reader.read();
    const next = reader.read();
    await expect.poll(() => left().timers).toBe(1);
    await reader.cancel();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(left()).toEqual(nothing);
  });

  test("who aborts in the middle of a drip is told why, and leaves nothing behind", async () => {
    const { caller, left, reader } = start();
    await reader.read();
    const next = reader.read();
    await expect.poll(() => left().timers).toBe(1);
    caller.abort(new Error("given up"));
    await expect(next).rejects.toThrow("given up");
    expect(left()).toEqual(nothing);
  });
});

test.each(["before", "meanwhile"])("a wait that is given up %s leaves nothing behind", async (when) => {
  const caller = new AbortController();
  if (when === "before") caller.abort();
  const waiting = waitFor(60_000, caller.signal);
  caller.abort();
  await waiting;
  expect([vi.getTimerCount(), getEventListeners(caller.signal, "abort").length]).toEqual([0, 0]);
});

/** Sends two requests at once on one connection; gives all that came until the other side closed it. */
async function pipelined(rule: FaultRule) {
  vi.useRealTimers();
  const mock = await startMock();
  const first: FaultRule = { effect: "drip", bytes: 20, every_ms: 1, count: 1 };
  mock.world().faults.set({ rules: [first, { ...rule, after: 1 }] });
  const { hostname, port } = new URL(mock.url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk.toString();
  });
  const line = `GET /backend/?op=groupadd&token=${mock.token}&name=x HTTP/1.1\r\nHost: x\r\n\r\n`;
  socket.write(line + line);
  // Not `once`, which would reject at the reset that is awaited here.
  await new Promise((resolve) => socket.once("close", resolve));
  const groups = mock.world().groups().length;
  await mock.close();
  return { answers: text.split("HTTP/1.1 200 OK").length - 1, groups, text };
}

const whole = '{"group":{"gid":102529},"op":"groupadd","result":true}';

test("a connection closed at the second of two pipelined requests has answered the first", async () => {
  const { answers, groups, text } = await pipelined({ effect: "close", when: "after" });
  expect({ answers, groups, whole: text.endsWith(whole) }).toEqual({ answers: 1, groups: 2, whole: true });
});

test("an answer cut to nothing at the second of two pipelined requests has its head", async () => {
  const { answers, groups, text } = await pipelined({ effect: "truncate", bytes: 0 });
  expect({ answers, groups, head: text.endsWith("\r\n\r\n") }).toEqual({ answers: 2, groups: 2, head: true });
});
