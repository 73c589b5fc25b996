import { mkdtempSync, rmSync } from "node:fs";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { appendEvents } from "../src/journal/events.ts";
import { openStore } from "../src/store/open.ts";
import { startBin } from "./support/process.ts";

const READERS = process.env["MESIBO_LONG"] === "1" ? 200 : 20;
const PER_KEY = 20;
const keys = Array.from({ length: READERS / PER_KEY }, (_, n) => `canary-api-key-of-reader-${n}`);

/** 20,000 events of a kilobyte: 20 MB for a reader who would be served ahead. */
async function fillHistory(database: string): Promise<void> {
  const store = await openStore(database);
  const payload = { text: "x".repeat(1000) };
  for (let from = 0; from < 20_000; from += 500) {
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

test(`${READERS} readers who take nothing hold little memory, and do not hold up the end`, async () => {
  const folder = mkdtempSync(join(tmpdir(), "gateway-stalled-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const database = `file:${join(folder, "gateway.db")}`;
  await fillHistory(database);
  const { child, firstLine, ended } = startBin(["--port", "0", "--json"], {
    MESIBO_APP_TOKEN: "token",
    MESIBO_URL: "http://127.0.0.1:9/",
    DATABASE_URL: database,
    GATEWAY_API_KEY: keys.join(","),
    GATEWAY_LOG: "off",
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
