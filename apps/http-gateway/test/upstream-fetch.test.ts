import { createClient, MesiboError } from "@mesibo-groups/core";
import { once } from "node:events";
import { createServer as createHttp, globalAgent as httpAgent, type IncomingMessage } from "node:http";
import { globalAgent as httpsAgent } from "node:https";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import { createServer as createTls } from "node:tls";
import { describe, expect, onTestFinished, test } from "vitest";
import { fetchWithin } from "../src/upstream-fetch.ts";
import { untrusted } from "./support/certificate.ts";
import { listen } from "./support/listen.ts";
import { startBin } from "./support/process.ts";

// What real sockets do, and what may be told of it. The rows that core has of `fetch`, and those that only this one
// can tell.

const serve = (onConnection: (socket: Socket) => void): Promise<number> => listen(createServer(onConnection));

/** A server that acts each time it has read a whole request. */
const afterRequest = (act: (socket: Socket, count: number) => void): Promise<number> => {
  let count = 0;
  return serve((socket) => {
    let read = "";
    socket.on("data", (chunk) => {
      read += chunk.toString();
      if (!read.endsWith('"token":"t"}')) return;
      read = "";
      count += 1;
      act(socket, count);
    });
  });
};

/** A request without a client. */
const ask = (
  url: string,
  { connectMs = 300, signal = new AbortController().signal }: { connectMs?: number; signal?: AbortSignal },
) =>
  fetchWithin(connectMs)(url, {
    method: "POST",
    headers: {},
    body: '{"token":"t"}',
    redirect: "manual",
    signal,
  });

const created = '{"group":{"gid":7},"op":"groupadd","result":true}';
const http = (text: string, head = ""): string =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n${head}\r\n${text}`;

const clientOf = (url: string) =>
  createClient({ token: "t", url, timeoutMs: 2_000, retries: 0, fetch: fetchWithin(300) });
const create = (port: number, host = "127.0.0.1", scheme = "http") =>
  clientOf(`${scheme}://${host}:${port}/backend/`).groups.create({ name: "x" });

async function failureOf(promise: Promise<unknown>): Promise<MesiboError> {
  const error: unknown = await promise.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (error instanceof MesiboError) return error;
  throw new Error("it did not fail as a call does");
}

const notSent = { kind: "not_sent", sent: "no", outcome: "not_sent" };
const unknown = { kind: "unknown", sent: "maybe", outcome: "unknown" };
const unusable = { kind: "protocol", sent: "yes", outcome: "unknown" };

describe("before there is a connection nothing was sent", () => {
  test("a port where nobody listens", async () => {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    expect(await failureOf(create(port))).toMatchObject({ ...notSent, reason: "ECONNREFUSED" });
  });

  test("a name that does not resolve", async () => {
    const reason: unknown = expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN|ETIMEDOUT)$/);
    expect(await failureOf(create(80, "nowhere.invalid"))).toMatchObject({ ...notSent, reason });
  });

  test("a server that never says a word of TLS, within the deadline of connections", async () => {
    const port = await serve(() => undefined);
    expect(await failureOf(create(port, "localhost", "https"))).toMatchObject({
      ...notSent,
      reason: "ETIMEDOUT",
    });
  });

  test("a server that hangs up on TLS", async () => {
    const port = await serve((socket) => socket.once("data", () => socket.resetAndDestroy()));
    expect(await failureOf(create(port, "localhost", "https"))).toMatchObject(notSent);
  });

  test("a server that speaks no TLS", async () => {
    const port = await serve((socket) => socket.once("data", () => socket.end("HTTP/1.1 400 No\r\n\r\n")));
    expect(await failureOf(create(port, "localhost", "https"))).toMatchObject(notSent);
  });

  test.each(["TLSv1.2", "TLSv1.3"] as const)(
    "a certificate of nobody, or of another name: %s",
    async (version) => {
      let read = "";
      const limits = { minVersion: version, maxVersion: version };
      const closed: Promise<unknown>[] = [];
      const server = createTls({ ...untrusted, ...limits }, (socket) => {
        socket.on("data", (chunk) => (read += String(chunk)));
      });
      server.on("connection", (socket: Socket) => closed.push(once(socket, "close")));
      const port = await listen(server);
      const reason = "DEPTH_ZERO_SELF_SIGNED_CERT";
      expect(await failureOf(create(port, "localhost", "https"))).toMatchObject({ ...notSent, reason });
      trustIt();
      expect(await failureOf(create(port, "127.0.0.1", "https"))).toMatchObject({
        ...notSent,
        reason: "ERR_TLS_CERT_ALTNAME_INVALID",
      });
      // Not one byte, also none that was under way.
      await Promise.all(closed);
      expect([closed.length, read]).toEqual([2, ""]);
    },
  );
});

/** Node trusts the test's certificate until the test is over. */
function trustIt(): void {
  const before = httpsAgent.options.ca;
  httpsAgent.options.ca = untrusted.cert;
  onTestFinished(() => void (httpsAgent.options.ca = before));
}

describe("with a connection anything may have happened", () => {
  test.each<[string, (socket: Socket) => void]>([
    ["closed at once", (socket) => socket.destroy()],
    ["half closed at once", (socket) => socket.end()],
  ])("%s", async (_, act) => {
    expect(await failureOf(create(await serve(act)))).toMatchObject(unknown);
  });

  test.each<[string, (socket: Socket) => void, object]>([
    ["closed", (socket) => socket.end(), unknown],
    ["reset", (socket) => socket.resetAndDestroy(), unknown],
    ["silent", () => undefined, { ...unknown, reason: "timeout" }],
    ["no HTTP", (socket) => socket.end("220 mail.example ESMTP\r\n"), unknown],
    ["another protocol", (socket) => socket.end("HTTP/1.1 101 Go\r\nconnection: upgrade\r\n\r\n"), unusable],
    [
      "another protocol, with all it takes",
      (socket) => socket.write("HTTP/1.1 101 Go\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n"),
      { ...unknown, reason: "network failure" },
    ],
    ["too long a head", (socket) => socket.end(http(created, `x: ${"x".repeat(40_000)}\r\n`)), unknown],
    [
      "an answer that ends too soon",
      (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"op":"gr'),
      { ...unknown, sent: "yes", reason: "answer cut" },
    ],
    [
      "an answer in pieces that is reset",
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"op"\r\n');
        setTimeout(() => socket.resetAndDestroy(), 20);
      },
      { ...unknown, sent: "yes", reason: "answer cut" },
    ],
    ["HTML", (socket) => socket.end(http("<html></html>")), { ...unusable, reason: "html" }],
    [
      "a redirect",
      (socket) => socket.end("HTTP/1.1 307 Go\r\nlocation: http://127.0.0.1:9/\r\ncontent-length: 0\r\n\r\n"),
      { ...unusable, reason: "status 307, not json" },
    ],
  ])("the request is read, and then: %s", async (_, act, expected) => {
    expect(await failureOf(create(await afterRequest(act)))).toMatchObject(expected);
  });

  test("a connection that was used before and is closed on the next request", async () => {
    const sockets = new Set<Socket>();
    const port = await afterRequest((socket, count) => {
      sockets.add(socket);
      if (count === 1) socket.write(http(created));
      else socket.destroy();
    });
    await expect(create(port)).resolves.toEqual({ gid: 7 });
    expect(await failureOf(create(port))).toMatchObject(unknown);
    expect(sockets.size).toBe(1);
  });

  // Linux ends a connection so whose host is gone, after its retransmissions.
  test.each(["EHOSTUNREACH", "ENETUNREACH", "ECONNREFUSED"])("the way is gone: %s", async (code) => {
    const port = await afterRequest(() => {
      for (const socket of Object.values(httpAgent.sockets).flatMap((sockets) => sockets ?? [])) {
        socket.destroy(Object.assign(new Error(`read ${code}`), { code, syscall: "read" }));
      }
    });
    expect(await failureOf(create(port))).toMatchObject({ ...unknown, reason: code });
  });

  test("an answer over 16 MiB is given up, and its connection with it", async () => {
    const closed = Promise.withResolvers<void>();
    const port = await afterRequest((socket) => {
      socket.on("close", () => closed.resolve());
      socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
      const piece = `100000\r\n${"x".repeat(2 ** 20)}\r\n`;
      const more = (): void => {
        while (socket.writable && socket.write(piece));
      };
      socket.on("drain", more);
      more();
    });
    expect(await failureOf(create(port))).toMatchObject({ ...unusable, reason: "answer over 16 MiB" });
    await closed.promise;
  });

  test("a caller who gives up closes the connection", async () => {
    const closed = Promise.withResolvers<void>();
    const controller = new AbortController();
    const port = await afterRequest((socket) => {
      socket.on("close", () => closed.resolve());
      controller.abort();
    });
    const { signal } = controller;
    const call = clientOf(`http://127.0.0.1:${port}/backend/`).groups.create({ name: "x" }, { signal });
    expect(await failureOf(call)).toMatchObject({ ...unknown, kind: "cancelled" });
    await closed.promise;
  });
});

describe("an answer is an answer", () => {
  test("in one piece and in many, on one connection", async () => {
    const sockets = new Set<Socket>();
    const port = await afterRequest((socket, count) => {
      sockets.add(socket);
      if (count === 1) socket.write(http(created));
      else {
        socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        for (const sign of created) socket.write(`1\r\n${sign}\r\n`);
        socket.write("0\r\n\r\n");
      }
    });
    expect(await create(port)).toEqual({ gid: 7 });
    expect(await create(port)).toEqual({ gid: 7 });
    expect(sockets.size).toBe(1);
  });

  test("where a kept connection was closed during a commit: on a new one", async () => {
    const sockets: Socket[] = [];
    const port = await afterRequest((socket) => {
      sockets.push(socket);
      socket.write(http(created));
    });
    expect(await create(port)).toEqual({ gid: 7 });
    // As after a commit: in a turn of the loop that has looked at the sockets already.
    await setImmediate();
    sockets[0]?.destroy();
    expect(await create(port)).toEqual({ gid: 7 });
    expect(sockets.length).toBe(2);
  });

  test.each(["http", "https"])(
    "where the process stood still past the deadline on its way: %s",
    async (scheme) => {
      trustIt();
      const answer = (socket: Socket): void => void socket.once("data", () => socket.end(http(created)));
      const server = scheme === "http" ? createServer(answer) : createTls(untrusted, answer);
      const call = ask(`${scheme}://localhost:${await listen(server)}/`, { connectMs: 1_000 });
      // The request has begun in this turn of the loop. What there is of its connection is looked at in the next ones.
      await setImmediate();
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_100);
      await expect(call).resolves.toMatchObject({ status: 200 });
    },
  );

  test("after news that it is coming", async () => {
    const port = await afterRequest((socket) => socket.end(`HTTP/1.1 102 Wait\r\n\r\n${http(created)}`));
    expect(await create(port)).toEqual({ gid: 7 });
  });

  test("over TLS", async () => {
    trustIt();
    const server = createTls(untrusted, (socket) => socket.once("data", () => socket.end(http(created))));
    const port = await listen(server);
    expect(await create(port, "localhost", "https")).toEqual({ gid: 7 });
  });

  test("and the request is a whole one, with its length and the gateway's name", async () => {
    const seen = Promise.withResolvers<IncomingMessage>();
    const server = createHttp((request, response) => {
      seen.resolve(request);
      response.end(created);
    });
    const port = await listen(server);
    await create(port);
    const { method, url, headers } = await seen.promise;
    expect({ method, url, ...headers }).toEqual({
      method: "POST",
      url: "/backend/",
      host: `127.0.0.1:${port}`,
      connection: "keep-alive",
      "content-type": "application/json",
      accept: "application/json",
      "content-length": expect.stringMatching(/^\d+$/) as string,
      "user-agent": expect.stringMatching(/^mesibo-gateway\/\d+\.\d+\.\d+$/) as string,
    });
  });
});

test("a signal that was aborted before sends nothing", async () => {
  let requests = 0;
  const url = `http://127.0.0.1:${await afterRequest(() => (requests += 1))}/`;
  await expect(ask(url, { signal: AbortSignal.abort() })).rejects.toMatchObject({ syscall: "connect" });
  // Whatever was under way has come by the time that another one has been answered.
  await expect(ask(url, { signal: AbortSignal.timeout(100) })).rejects.toThrow("aborted");
  expect(requests).toBe(1);
});

describe("through a proxy that the operator has Node use", () => {
  /** Asks a gateway of its own process to make a group. */
  async function createThrough(proxy: Readonly<Record<string, string>>, scheme: string) {
    const { child, firstLine } = startBin(["--port", "0", "--json"], {
      ...proxy,
      NODE_USE_ENV_PROXY: "1",
      NO_PROXY: "127.0.0.1",
      MESIBO_APP_TOKEN: "t",
      MESIBO_URL: `${scheme}://mesibo.test/backend/`,
      CONNECT_TIMEOUT_MS: "300",
      GATEWAY_API_KEY: "key-of-the-test",
      GATEWAY_LOG: "off",
      DATABASE_URL: ":memory:",
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const { url } = JSON.parse(await firstLine) as { url: string };
    const answer = await fetch(`${url}/v1/groups`, {
      method: "POST",
      headers: {
        authorization: "Bearer key-of-the-test",
        "content-type": "application/json",
        "idempotency-key": "one",
      },
      body: '{"name":"x"}',
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  test("a request of plain HTTP goes to the proxy", async () => {
    const asked = Promise.withResolvers<string | undefined>();
    const proxy = createHttp((request, response) => {
      asked.resolve(request.url);
      response.end(created);
    });
    const { status } = await createThrough({ HTTP_PROXY: `http://127.0.0.1:${await listen(proxy)}` }, "http");
    expect([status, await asked.promise]).toEqual([201, "http://mesibo.test/backend/"]);
  });

  test.each<[string, (socket: Socket) => void]>([
    ["says nothing", () => undefined],
    ["refuses", (socket) => socket.end("HTTP/1.1 403 No\r\n\r\n")],
    ["hangs up", (socket) => socket.destroy()],
    ["makes a tunnel to nowhere", (socket) => socket.write("HTTP/1.1 200 Yes\r\n\r\n")],
    ["makes a tunnel that is cut", (socket) => socket.end("HTTP/1.1 200 Yes\r\n\r\n")],
  ])("over TLS nothing was sent where the proxy %s", async (_, act) => {
    let asked = "";
    const port = await serve((socket) => {
      socket.once("data", (chunk) => {
        asked = String(chunk).split("\r\n")[0] ?? "";
        act(socket);
      });
    });
    const { status, body } = await createThrough({ HTTPS_PROXY: `http://127.0.0.1:${port}` }, "https");
    expect([asked, status]).toEqual(["CONNECT mesibo.test:443 HTTP/1.1", 503]);
    expect(body).toMatchObject({ type: "/problems/upstream-unavailable", sent: "no" });
  });
});
