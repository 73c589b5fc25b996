import { mkdtempSync, rmSync } from "node:fs";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createClient } from "@mesibo-groups/core";
import { createGateway } from "../src/gateway.ts";
import { createMetrics } from "../src/metrics/metrics.ts";
import { createEngine } from "../src/operations/engine.ts";
import { serve, type Connection } from "../src/serve.ts";
import { appendEvents } from "../src/journal/events.ts";
import { openStore } from "../src/store/open.ts";
import { startBin } from "./support/process.ts";

const isLong = process.env["MESIBO_LONG"] === "1";
const READERS = isLong ? 200 : 20;
const PER_KEY = 20;
const keys = Array.from({ length: READERS / PER_KEY }, (_, n) => `canary-api-key-of-reader-${n}`);

/** 20 MB of events of so many bytes, for a reader who would be served ahead. */
async function fillHistory(database: string, bytes: number): Promise<void> {
  const store = await openStore(database);
  const payload = { text: "x".repeat(bytes) };
  for (let from = 0; from < 20_000_000 / bytes; from += 500) {
    const events = Array.from(
      { length: 500 },
      () => ({ type: "group.updated", gid: 1, payload, at: Date.now() }) as const,
    );
    await store.write((tx) => appendEvents(tx, events));
  }
  await store.close();
}

/** Asks for the whole history, waits for its beginning, and never reads on. */
async function stalledReader(url: URL, key: string): Promise<Socket> {
  const socket = connect(Number(url.port), url.hostname);
  socket.on("error", () => undefined);
  socket.write(
    `GET /v1/events?after=0 HTTP/1.1\r\nHost: ${url.host}\r\nAuthorization: Bearer ${key}\r\n\r\n`,
  );
  await once(socket, "readable");
  return socket;
}

/** How the connection of a reader ends who reads on after all. */
const endOf = (socket: Socket): Promise<string | undefined> =>
  new Promise((resolve) => {
    socket.on("error", ({ code }: NodeJS.ErrnoException) => resolve(code));
    socket.on("close", () => resolve("closed"));
    socket.resume();
  });

const WAVE = 50;
const MANY = isLong ? 1_000 : 2 * WAVE;
/** Long enough that all of them have begun before the first is cut. */
const STALL_MS = isLong ? 90_000 : 10_000;

test(`${MANY} readers who take nothing hold little memory, and each is cut off; who reads on is not`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "gateway-stalled-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const database = `file:${join(folder, "gateway.db")}`;
  // Long ones, because it takes 4 MB until a connection is full.
  await fillHistory(database, 4_000);
  const store = await openStore(database);
  const client = createClient({ token: "token", url: "http://127.0.0.1:9/" });
  const engine = createEngine({ store, client, instance: "test" });
  const metrics = createMetrics();
  const app = createGateway({
    engine,
    apiKeys: ["canary-api-key"],
    metrics,
    streams: { perKey: MANY + 1, stallMs: STALL_MS },
  });
  const fetch = (request: Request, connection: Connection) => app.fetch(request, connection);
  const gateway = await serve({
    fetch,
    port: 0,
    host: "127.0.0.1",
    shutdown: { delayMs: 0, graceMs: 1_000 },
  });
  const sockets: Socket[] = [];
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await gateway.close();
    await store.close();
  });
  const url = new URL(gateway.url);
  const read = async (name: string): Promise<number> => {
    const text = await (await app.request("/metrics")).text();
    return Number(new RegExp(`^${name} (\\d+)`, "m").exec(text)?.[1]);
  };

  const before = process.memoryUsage().rss;
  const reader = await stalledReader(url, "canary-api-key");
  sockets.push(reader);
  let taken = 0;
  reader.on("data", (chunk: Buffer) => (taken += chunk.length));
  for (let wave = 0; wave < MANY; wave += WAVE) {
    const opening = Array.from({ length: WAVE }, () => stalledReader(url, "canary-api-key"));
    sockets.push(...(await Promise.all(opening)));
  }
  expect(await read("gateway_event_streams")).toBe(MANY + 1);
  const grown = (process.memoryUsage().rss - before) / 2 ** 20;
  process.stderr.write(`${MANY} stalled readers and their sockets: ${grown.toFixed(1)} MiB more.\n`);
  // With both ends of each connection, and what the collector has not got to yet. Served ahead, each would hold 20 MB.
  expect(grown).toBeLessThan(200 + MANY * 0.5);

  // A thousand take all the memory that the system has for connections. What those that are cut give back takes some
  // frames more of others, who are cut that much later.
  const timeout = 3 * STALL_MS;
  await expect.poll(() => read("gateway_event_streams"), { timeout, interval: 200 }).toBe(1);
  expect(await read("gateway_event_streams_cut_total")).toBe(MANY);
  expect(taken).toBeGreaterThan(20_000_000);
  // Reset, for the system would else keep what they have not taken.
  const ends = await Promise.all(sockets.filter((socket) => socket !== reader).map(endOf));
  expect(new Set(ends)).toEqual(new Set(["ECONNRESET"]));
}, 500_000);

test(`${READERS} readers who take nothing hold little memory, and do not hold up the end`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "gateway-stalled-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const database = `file:${join(folder, "gateway.db")}`;
  await fillHistory(database, 1_000);
  const { child, firstLine, ended } = startBin(["--port", "0", "--json"], {
    MESIBO_APP_TOKEN: "token",
    MESIBO_URL: "http://127.0.0.1:9/",
    DATABASE_URL: database,
    GATEWAY_API_KEY: keys.join(","),
    GATEWAY_LOG: "off",
    // As deploy/ has it: what waits for the collector does not depend on the machine's memory then.
    NODE_OPTIONS: "--max-semi-space-size=16",
    // Whoever is not cut holds the process up until the test gives up.
    SHUTDOWN_GRACE_MS: "600000",
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const url = new URL((JSON.parse(await firstLine) as { url: string }).url);
  const memory = async (): Promise<number> => {
    const text = await (await fetch(`${url.origin}/metrics`)).text();
    return Number(/^gateway_memory_bytes (\d+)/m.exec(text)?.[1]);
  };

  const before = await memory();
  const sockets = await Promise.all(
    keys.flatMap((key) => Array.from({ length: PER_KEY }, () => stalledReader(url, key))),
  );
  const grown = ((await memory()) - before) / 2 ** 20;
  process.stderr.write(`${READERS} stalled readers: ${grown.toFixed(1)} MiB more.\n`);
  // A page, a connection and what the collector has not got to yet. The history that each asked for is 20 MB.
  expect(grown).toBeLessThan(64 + READERS * 0.5);

  child.kill("SIGTERM");
  expect((await ended).code).toBe(0);
  for (const socket of sockets) socket.destroy();
}, 300_000);
