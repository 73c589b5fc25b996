import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createClient, type Client } from "../../src/index.ts";
import { failureOf } from "./support/script.ts";

// The transport's table on real sockets: what fetch reports, and what we may tell of it. The same requests and
// expectations hold on every supported Node.

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** A server that treats each connection its own way. */
function serve(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    onConnection(socket);
  });
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

/** A server that acts when it has read the whole request. */
const afterRequest = (act: (socket: Socket) => void): Promise<number> =>
  serve((socket) => {
    let read = "";
    socket.on("data", (chunk) => {
      read += chunk.toString();
      if (read.includes('"token":"t"}')) act(socket);
    });
  });

const answer = (text: string) => (socket: Socket) => {
  socket.end(
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
  );
};

const clientOf = (port: number, host = "127.0.0.1"): Client =>
  createClient({ token: "t", url: `http://${host}:${port}/backend/`, timeoutMs: 2_000, retries: 0 });

describe("what a real socket does is told as what it means", () => {
  const cases: readonly [string, () => Promise<number>, object][] = [
    [
      "a refused connection: not sent",
      async () => {
        const port = await serve(() => {});
        await new Promise((resolve) => servers.pop()?.close(resolve));
        return port;
      },
      { kind: "not_sent", sent: "no", outcome: "not_sent", reason: "ECONNREFUSED" },
    ],
    [
      "closed right after it was accepted: unknown",
      () => serve((socket) => socket.destroy()),
      { kind: "unknown", sent: "maybe", outcome: "unknown" },
    ],
    [
      "closed after the request was read: unknown",
      () => afterRequest((socket) => socket.end()),
      { kind: "unknown", sent: "maybe", outcome: "unknown", reason: "UND_ERR_SOCKET" },
    ],
    [
      "reset after the request was read: unknown",
      () => afterRequest((socket) => socket.resetAndDestroy()),
      { kind: "unknown", sent: "maybe", outcome: "unknown" },
    ],
    [
      "an answer cut in its middle: unknown",
      () =>
        afterRequest((socket) => {
          socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"op":"gr');
        }),
      { kind: "unknown", sent: "yes", outcome: "unknown", reason: "answer cut" },
    ],
    [
      "no answer in time: unknown",
      () => afterRequest(() => {}),
      { kind: "unknown", sent: "maybe", outcome: "unknown", reason: "timeout" },
    ],
    [
      "no HTTP: unknown",
      () => afterRequest((socket) => socket.end("220 mail.example ESMTP\r\n")),
      { kind: "unknown", sent: "maybe", outcome: "unknown" },
    ],
    [
      "HTML with 200: unknown",
      () => afterRequest(answer("<html></html>")),
      { kind: "protocol", sent: "yes", reason: "html" },
    ],
    [
      "cut JSON with 200: unknown",
      () => afterRequest(answer('{"op":')),
      { kind: "protocol", sent: "yes", reason: "not json" },
    ],
  ];
  test.each(cases)("%s", async (_, start, expected) => {
    const client = clientOf(await start());
    expect(await failureOf(client.groups.create({ name: "x" }))).toMatchObject({ ...expected, attempts: 1 });
  });

  test("a name that does not resolve: not sent", async () => {
    expect(await failureOf(clientOf(4010, "nowhere.invalid").groups.create({}))).toMatchObject({
      outcome: "not_sent",
      sent: "no",
      reason: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) as string,
    });
  });

  test("a redirect is not followed: no other host sees the token", async () => {
    let followed = 0;
    const elsewhere = await serve(() => (followed += 1));
    const port = await afterRequest((socket) => {
      socket.end(`HTTP/1.1 307 Go\r\nlocation: http://127.0.0.1:${elsewhere}/\r\ncontent-length: 0\r\n\r\n`);
    });
    expect(await failureOf(clientOf(port).groups.create({}))).toMatchObject({
      kind: "protocol",
      sent: "yes",
      reason: "status 307, not json",
    });
    expect(followed).toBe(0);
  });

  test("an answer is an answer", async () => {
    const port = await afterRequest(answer('{"group":{"gid":7},"op":"groupadd","result":true}'));
    expect(await clientOf(port).groups.create({})).toEqual({ gid: 7 });
  });
});
