import { randomUUID } from "node:crypto";
import { Agent, createServer, request } from "node:http";
import { startMock } from "@mesibo-groups/mock-server";
import { expect, test } from "vitest";
import { startBin } from "./support/process.ts";

const TOKEN = "canary-app-token-0123456789";
const KEY = "canary-api-key-0123456789";
const common = {
  MESIBO_APP_TOKEN: TOKEN,
  GATEWAY_API_KEY: KEY,
  DATABASE_URL: ":memory:",
  GATEWAY_LOG: "off",
};

/** A create over a connection that is kept: its status once the answer is complete, or how the connection failed. */
function create(url: string, agent: Agent): Promise<number | string> {
  return new Promise((resolve) => {
    const headers = {
      authorization: `Bearer ${KEY}`,
      "content-type": "application/json",
      "idempotency-key": randomUUID(),
    };
    const asked = request(`${url}/v1/groups`, { method: "POST", agent, headers }, (response) => {
      response.resume().on("close", () => {
        resolve(response.complete ? (response.statusCode ?? 0) : "cut");
      });
    });
    asked.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    asked.end('{"name":"Ops"}');
  });
}

test("SIGTERM under load cuts no answer, every group is answered for, and the process ends with 0", async () => {
  const mock = await startMock({ tokens: [TOKEN] });
  const { child, firstLine, ended } = startBin(["--port", "0", "--json"], {
    ...common,
    MESIBO_URL: mock.url,
  });
  const { url } = JSON.parse(await firstLine) as { url: string };
  const agent = new Agent({ keepAlive: true });
  const seen = new Map<number | string, number>();

  async function keepAsking(): Promise<void> {
    for (;;) {
      const came = await create(url, agent);
      seen.set(came, (seen.get(came) ?? 0) + 1);
      if (seen.get(201) === 200) child.kill("SIGTERM");
      // `draining` says Retry-After; whoever asks again at once meets a socket that is just being closed.
      if (came !== 201) return;
    }
  }
  await Promise.all(Array.from({ length: 32 }, keepAsking));

  expect((await ended).code).toBe(0);
  const { 201: created = 0, 503: draining = 0, ...others } = Object.fromEntries(seen);
  // A group that was made and not answered for would be one too many here.
  expect(created).toBe(mock.world(TOKEN).groups().length);
  // On a busy machine somebody asks only after the end: a socket that is closed by then is no answer that was cut.
  const late = new Set(["ECONNREFUSED", "ECONNRESET", "socket hang up"]);
  expect(Object.keys(others).filter((came) => !late.has(came))).toEqual([]);
  expect(draining).toBeGreaterThan(0);
  agent.destroy();
  await mock.close();
});

test("a second signal ends it at once, although an answer is under way", async () => {
  const arrived = Promise.withResolvers<void>();
  const silent = createServer((asked) => {
    asked.resume().on("end", arrived.resolve);
  });
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const address = silent.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const { child, firstLine, ended } = startBin(["--port", "0", "--json"], {
    ...common,
    MESIBO_URL: `http://127.0.0.1:${port}/`,
  });
  const { url } = JSON.parse(await firstLine) as { url: string };
  const agent = new Agent();
  const answer = create(url, agent);
  await arrived.promise;
  child.kill("SIGTERM");
  await expect.poll(() => fetch(`${url}/livez`).catch(() => "refused")).toBe("refused");
  child.kill("SIGTERM");
  expect((await ended).code).toBe(1);
  expect(typeof (await answer)).toBe("string");
  silent.closeAllConnections();
  silent.close();
});
