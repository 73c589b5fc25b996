import { request } from "node:http";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import { createGateway } from "../src/gateway.ts";
import type { LogRecord } from "../src/log.ts";
import { serve } from "../src/serve.ts";
import { clientAddress, readTrustedProxies } from "../src/trusted-proxies.ts";
import { gatewayOverMock, KEY } from "./support/gateway.ts";

const proxied = (trust: string, socket: string, header?: string): string | undefined =>
  clientAddress({ socket, header }, readTrustedProxies(trust));

test.each([
  ["one proxy tells where its client is", "1", "10.0.0.2", "192.0.2.7", "192.0.2.7"],
  ["what the client itself writes stands before that", "1", "10.0.0.2", "6.6.6.6, 192.0.2.7", "192.0.2.7"],
  ["two proxies tell one after the other", "2", "10.0.0.2", "6.6.6.6, 192.0.2.7, 10.0.0.3", "192.0.2.7"],
  ["more proxies than have spoken", "5", "10.0.0.2", "192.0.2.7", "192.0.2.7"],
  ["a trusted network tells", "10.0.0.0/8", "10.0.0.2", "6.6.6.6, 192.0.2.7, 10.0.0.3", "192.0.2.7"],
  ["nobody else's word is read", "10.0.0.0/8", "192.0.2.9", "192.0.2.7", "192.0.2.9"],
  ["networks of both families", "::1, fd00::/8", "::1", "2001:db8::7, fd00::3", "2001:db8::7"],
  ["IPv4 on a socket for both", "127.0.0.1", "::ffff:127.0.0.1", "192.0.2.7", "192.0.2.7"],
  ["what is no address is not read", "3", "10.0.0.2", "192.0.2.7, unknown, 10.0.0.3", "10.0.0.3"],
  ["a header that is empty", "1", "10.0.0.2", "", "10.0.0.2"],
])("%s: trusting %s, from %s with %j it is %s", (_, trust, socket, header, client) => {
  expect(proxied(trust, socket, header)).toBe(client);
});

test.each(["0", "17", "-1", "nginx", "10.0.0.0/33", "::/129", "10.0.0", "10.0.0.1,", "10.0.0.1/x"])(
  "%j names no proxies",
  (given) => {
    expect(readTrustedProxies(given)).toBeUndefined();
  },
);

/** A gateway that serves, with the statuses of requests without a key that say they come from elsewhere. */
async function serving(trust: string | undefined) {
  const engine = await gatewayOverMock().engine();
  const log: LogRecord[] = [];
  const app = createGateway({ engine, apiKeys: [KEY], log: (record) => log.push(record) });
  const gateway = await serve({
    fetch: (asked, connection) => app.fetch(asked, connection),
    port: 0,
    host: "127.0.0.1",
    shutdown: { delayMs: 0, graceMs: 1_000 },
    trustedProxies: trust === undefined ? undefined : readTrustedProxies(trust),
  });
  onTestFinished(gateway.close);
  const ask = (forwarded: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const headers = { "x-forwarded-for": forwarded };
      request(`${gateway.url}/v1/groups`, { headers }, (answer) => {
        text(answer).then(() => resolve(answer.statusCode ?? 0), reject);
      })
        .on("error", reject)
        .end();
    });
  const statuses: number[] = [];
  for (let host = 1; host <= 22; host += 1) statuses.push(await ask(`192.0.2.${host}`));
  return { statuses, clients: new Set(log.map((record) => Reflect.get(record, "client"))) };
}

test("by default an X-Forwarded-For that is made up changes neither limit nor log", async () => {
  const { statuses, clients } = await serving(undefined);
  expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 401));
  expect(statuses.slice(20)).toContain(429);
  expect(clients).toEqual(new Set(["127.0.0.1"]));
});

test("of a trusted proxy each client has a limit of its own, and its address in the log", async () => {
  const { statuses, clients } = await serving("127.0.0.0/8");
  expect(statuses).toEqual(Array.from({ length: 22 }, () => 401));
  expect(clients).toEqual(new Set(Array.from({ length: 22 }, (_, index) => `192.0.2.${index + 1}`)));
});
