import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMock } from "@mesibo-groups/mock-server";
import { expect, onTestFinished, test } from "vitest";
import { startBin } from "./support/process.ts";

const KEY = "a-key-of-sixteen-characters";
const users = Array.from({ length: 500 }, (_, index) => `u${index}`);
const all = { send: true, receive: true, publish: true, subscribe: true, list: true };

/** A mesibo that does what it is asked for, and once does not answer. */
async function silentMesibo(silentCall: number) {
  const mock = createMock({ seed: { users, groups: [] } });
  const silent = Promise.withResolvers<void>();
  let calls = 0;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    const answerIt = async (): Promise<void> => {
      calls += 1;
      const mine = calls;
      const headers = { "content-type": request.headers["content-type"] ?? "" };
      const answer = await mock.fetch(mock.url, { method: "POST", headers, body });
      if (mine === silentCall) silent.resolve();
      else response.end(await answer.text());
    };
    request.on("end", () => void answerIt());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { mock, url: `http://127.0.0.1:${port}/`, silent: silent.promise, calls: () => calls };
}

interface Asked {
  readonly method?: string;
  readonly body?: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function startGateway(env: Readonly<Record<string, string>>) {
  const { child, firstLine } = startBin(["--port", "0", "--json"], env);
  onTestFinished(() => void child.kill("SIGKILL"));
  const { url } = JSON.parse(await firstLine) as { url: string };
  const ask = async (path: string, { key = "none", ...init }: Asked = {}) => {
    const own = {
      authorization: `Bearer ${KEY}`,
      "content-type": "application/json",
      "idempotency-key": key,
    };
    const response = await fetch(`${url}${path}`, { ...init, headers: { ...own, ...init.headers } });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };
  const kill = async (): Promise<void> => {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  return { ask, kill };
}

// The first call makes the group, the third one is the second hundred.
test.each([
  {
    how: "in the background goes on from there",
    prefer: { prefer: "respond-async" },
    end: { state: "succeeded", progress: { succeeded: 500, unknown: 0, skipped: 0, stopped: null } },
    members: 500,
  },
  {
    how: "that a caller waited for is settled, and the rest of it not sent",
    prefer: {},
    end: {
      state: "partial",
      progress: { succeeded: 200, unknown: 0, skipped: 300, stopped: { reason: "caller_left" } },
    },
    members: 200,
  },
])(
  "a list of members $how after the gateway was killed",
  { timeout: 60_000 },
  async ({ prefer, end, members }) => {
    const mesibo = await silentMesibo(3);
    const folder = mkdtempSync(join(tmpdir(), "gateway-kill-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const env = {
      MESIBO_APP_TOKEN: mesibo.mock.token,
      MESIBO_URL: mesibo.url,
      GATEWAY_API_KEY: KEY,
      QUIET_MS: "200",
      DATABASE_URL: `file:${join(folder, "gateway.db")}`,
    };
    const body = JSON.stringify({ permissions: all, items: users.map((address) => ({ address })) });

    const first = await startGateway(env);
    const { json: group } = await first.ask("/v1/groups", {
      method: "POST",
      body: '{"name":"Big"}',
      key: "group",
    });
    const path = `/v1/groups/${String(group["gid"])}/member-batches`;
    const batch = { method: "POST", body, key: "batch", headers: prefer };
    const asked = first.ask(path, batch).catch(() => undefined);
    await mesibo.silent;
    await first.kill();
    await asked;

    const second = await startGateway(env);
    const operations = async () => (await second.ask("/v1/operations")).json;
    await expect
      .poll(operations, { timeout: 20_000 })
      .toMatchObject({ items: [{}, { kind: "edit_members", ...end }] });
    const again = await second.ask(path, batch);
    expect(again.status).toBe(prefer.prefer === undefined ? 207 : 202);
    const { json: found } = await second.ask(`/v1/groups/${String(group["gid"])}/members?limit=1000`);
    expect(found["items"]).toHaveLength(members);
    expect(mesibo.mock.world().groups()[0]?.members).toHaveLength(members);
  },
);
