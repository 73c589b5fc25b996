import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { demoSeed, startMock, type FaultRule } from "@mesibo-groups/mock-server";

/** The app token behind the gateway. */
const TOKEN = "canary-app-token-behind-the-gateway";

/** The API key of the gateway. It may be in no output. */
export const API_KEY = "canary-api-key-0123456789";

/** A gateway in a process of its own, on a mock with the demo team's users. */
export interface RunningGateway {
  readonly url: string;
  /** Goes wrong between the gateway and the mock, from now on. */
  readonly fail: (...rules: readonly FaultRule[]) => void;
  readonly close: () => Promise<void>;
}

const program = fileURLToPath(new URL("../../../../apps/http-gateway/src/cli.ts", import.meta.url));

/** Starts a real gateway from its sources, so that no build is needed. */
export async function startGateway(): Promise<RunningGateway> {
  const mock = await startMock({ tokens: [TOKEN], seed: demoSeed });
  const folder = await mkdtemp(join(tmpdir(), "mesibo-gateway-"));
  const child = spawn(
    process.execPath,
    ["--conditions=@mesibo-groups/source", program, "--port", "0", "--json"],
    {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: process.env["PATH"],
        MESIBO_URL: mock.url,
        MESIBO_APP_TOKEN: TOKEN,
        GATEWAY_API_KEY: API_KEY,
        GATEWAY_LOG: "off",
        DATABASE_URL: "file:gateway.db",
      },
    },
  );
  const ended = new Promise<void>((resolve) => {
    child.on("close", () => resolve());
  });
  let errors = "";
  child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
  const close = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
    await mock.close();
    await rm(folder, { recursive: true, force: true });
  };
  const url = await new Promise<string | undefined>((resolve) => {
    child.stdout.once("data", (line: Buffer) => resolve(/"url":"([^"]+)"/.exec(line.toString())?.[1]));
    void ended.then(() => resolve(undefined));
  });
  if (url === undefined) {
    await close();
    throw new Error(`the gateway did not start: ${errors}`);
  }
  return {
    url,
    fail: (...rules) => mock.world(TOKEN).faults.set({ seed: 1, rules }),
    close,
  };
}
