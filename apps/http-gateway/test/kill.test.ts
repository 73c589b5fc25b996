import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const bin = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const KEY = "a-key-of-sixteen-characters";
const TRACE = "0af7651916cd43dd8448eb211c80319c";
const traceparent = `00-${TRACE}-b7ad6b7169203331-01`;

/** A mesibo that answers when it is told to. */
async function slowMesibo() {
  const waiting: ServerResponse[] = [];
  const ops: string[] = [];
  let arrived = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      ops.push(/"op":"(\w+)"/.exec(body)?.[1] ?? "?");
      waiting.push(response);
      arrived.resolve();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    ops,
    next: async (): Promise<ServerResponse> => {
      await arrived.promise;
      arrived = Promise.withResolvers();
      const response = waiting.pop();
      if (response === undefined) throw new Error("nobody asks");
      return response;
    },
  };
}

async function startGateway(env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, [bin, "--port", "0", "--json"], {
    stdio: ["ignore", "pipe", "pipe"],
    env,
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let err = "";
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const { url } = JSON.parse(line.toString()) as { url: string };
  const ask = async (path: string, { key, ...init }: RequestInit & { readonly key: string }) => {
    const own = { authorization: `Bearer ${KEY}`, "content-type": "application/json", traceparent };
    return fetch(`${url}${path}`, {
      ...init,
      headers: { ...own, "idempotency-key": key, "x-request-id": key },
    });
  };
  const kill = async (): Promise<void> => {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  return { ask, kill, stderr: () => err };
}

test("killed while mesibo has a create, the gateway knows at its next start that it does not know", async () => {
  const mesibo = await slowMesibo();
  const folder = mkdtempSync(join(tmpdir(), "gateway-kill-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const env = {
    MESIBO_APP_TOKEN: "app-token",
    MESIBO_URL: mesibo.url,
    GATEWAY_API_KEY: KEY,
    DATABASE_URL: `file:${join(folder, "gateway.db")}`,
  };
  const create = (name: string, key: string) => ({
    method: "POST",
    body: JSON.stringify({ name }),
    key,
  });
  const [done, lost] = [randomUUID(), randomUUID()];

  const first = await startGateway(env);
  const acknowledged = first.ask("/v1/groups", create("Done", done));
  (await mesibo.next()).end('{"group":{"gid":20},"op":"groupadd","result":true}');
  expect((await acknowledged).status).toBe(201);
  const cut = first.ask("/v1/groups", create("Lost", lost)).catch(() => "cut");
  await mesibo.next();
  await first.kill();
  expect(await cut).toBe("cut");

  const second = await startGateway(env);
  expect(second.stderr()).toContain("Operations left without an outcome: 1; 0 settled, 1 unknown");
  const recovery = second.stderr().split("\n", 1)[0] ?? "";
  expect(JSON.parse(recovery)).toEqual({
    event: "recovery",
    time: expect.any(String),
    operation: expect.stringMatching(/^op_/),
    kind: "create_group",
    became: "unknown",
    request_id: lost,
    trace_id: TRACE,
  });
  const replayed = await second.ask("/v1/groups", create("Done", done));
  expect([replayed.status, replayed.headers.get("idempotency-replayed")]).toEqual([201, "true"]);
  const unknown = await second.ask("/v1/groups", create("Lost", lost));
  expect([unknown.status, ((await unknown.json()) as { type: string }).type]).toEqual([
    504,
    "/problems/upstream-outcome-unknown",
  ]);
  expect(mesibo.ops).toEqual(["groupadd", "groupadd"]);
  await second.kill();
});
