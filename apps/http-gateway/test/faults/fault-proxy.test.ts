import { createServer } from "node:http";
import { once } from "node:events";
import { describe, expect, onTestFinished, test } from "vitest";
import { faults, type FaultName } from "./course.ts";
import { startFaultProxy } from "./fault-proxy.ts";

/** A server that counts, behind a proxy. */
async function start() {
  let count = 0;
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      count += 1;
      response.end(`answer ${count}`);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const proxy = await startFaultProxy(
    `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/`,
  );
  onTestFinished(async () => {
    await proxy.close();
    server.closeAllConnections();
    server.close();
  });
  const ask = (): Promise<string> =>
    fetch(proxy.url, { method: "POST", body: "question", signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.text().catch(() => "cut"),
      (error: unknown) => (error instanceof Error && error.name === "TimeoutError" ? "timeout" : "failed"),
    );
  return { proxy, ask, count: () => count };
}

/** What a caller sees of each fault, and how often the server gets the request. */
const seen = {
  "reset on accept": ["failed", 0],
  "reset in the request": ["failed", 0],
  "closed before it was delivered": ["failed", 0],
  "closed after it was delivered": ["failed", 1],
  "answer cut": ["cut", 1],
  "answer slow": ["answer 1", 1],
  "no answer, not delivered": ["timeout", 0],
  "no answer, delivered": ["timeout", 1],
  "delivered twice": ["answer 2", 2],
  "dead keep-alive": ["answer 1", 1],
} as const satisfies Record<FaultName, readonly [string, number]>;

describe.each(Object.entries(seen))("%s", (name, [answer, count]) => {
  test(`is seen as ${answer}, and the request is delivered ${count} times`, async () => {
    const { proxy, ask, count: delivered } = await start();
    proxy.decide(() => faults[name as FaultName](() => 0.5));
    expect([await ask(), delivered()]).toEqual([answer, count]);
    proxy.decide(() => ({}));
    // Whoever asks next on a connection that only looks alive is the one who finds out.
    if (name === "dead keep-alive") await expect.poll(ask).toBe("failed");
    else expect(await ask()).toBe(`answer ${count + 1}`);
  });
});

test("whoever is refused has sent nothing, and is served again later", async () => {
  const { proxy, ask, count } = await start();
  proxy.refuse();
  const refused = await fetch(proxy.url).catch((error: unknown) => error);
  expect(refused).toMatchObject({ cause: { code: "ECONNREFUSED" } });
  expect([proxy.passed.length, count()]).toEqual([0, 0]);
  await proxy.accept();
  expect(await ask()).toBe("answer 1");
});
