import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { requestBytes } from "./load.ts";
import { path, startServer, type Server } from "./server.ts";

/** The built gateway, with a mock behind it and its store in a file: as one would run it, keys and log included. */
export interface GatewayServer extends Server {
  /** A request below /v1 with an API key that is in the store. */
  readonly get: (target: string) => Buffer;
  /** A group to create: each time with an Idempotency-Key of its own. */
  readonly create: () => Buffer;
}

/** As `deploy/` starts it. */
const NODE_FLAGS = "--max-semi-space-size=16";

const BIN = "apps/http-gateway/dist/cli.js";

/** Starts a gateway in front of a mock. It ends with its mock, and its files go. */
export async function startGateway(mock: Server, bin = BIN): Promise<GatewayServer> {
  const folder = mkdtempSync(join(tmpdir(), "mesibo-groups-bench-"));
  const env = {
    ...process.env,
    NODE_OPTIONS: NODE_FLAGS,
    MESIBO_APP_TOKEN: "t",
    MESIBO_URL: `http://127.0.0.1:${mock.port}/backend/`,
    DATABASE_URL: `file:${join(folder, "gateway.db")}`,
  };
  const { stdout } = await promisify(execFile)(process.execPath, [path(bin), "keys", "bootstrap"], { env });
  const authorization = `authorization: Bearer ${/mgk_\w+/.exec(stdout)?.[0] ?? ""}`;
  const server = await startServer({ file: bin, args: ["--port", "0", "--json"], env, quiet: true });
  let created = 0;
  return {
    ...server,
    get: (target) => requestBytes({ method: "GET", target, headers: [authorization] }),
    create: () => {
      created += 1;
      return requestBytes({
        method: "POST",
        target: "/v1/groups",
        body: '{"name":"Group"}',
        headers: [authorization, `idempotency-key: bench-${created}`],
      });
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
