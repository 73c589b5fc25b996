import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** What a server's process has used since its start. */
export interface Usage {
  readonly cpuUs: number;
  readonly rssBytes: number;
}

/** A server in a process of its own. */
export interface Server {
  readonly port: number;
  readonly usage: () => Promise<Usage>;
  readonly stop: () => Promise<void>;
}

const path = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));

function isUsage(message: unknown): message is Usage {
  return typeof message === "object" && message !== null && "cpuUs" in message && "rssBytes" in message;
}

/** Starts a program that prints `{"url":…}` in its first line. */
export async function startServer(file: string, args: readonly string[] = []): Promise<Server> {
  const preload = ["--import", new URL("servers/usage.mjs", import.meta.url).href];
  const child = spawn(process.execPath, [...preload, path(file), ...args], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  if (child.stdout === null) throw new Error(`${file} has no output`);
  const line = await once(child.stdout, "data").then(String);
  const port = Number(/"url":"http:\/\/[^:]+:(\d+)/.exec(line)?.[1]);
  return {
    port,
    usage: async () => {
      const answered: Promise<readonly unknown[]> = once(child, "message");
      child.send("usage");
      const [message] = await answered;
      if (!isUsage(message)) throw new Error(`${file} told no usage`);
      return message;
    },
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** A bare node:http server with the same answers. */
export const startBare = (): Promise<Server> => startServer("bench/servers/bare.mjs");

/** The built bin of the mock. */
export const startMockBin = (...args: readonly string[]): Promise<Server> =>
  startServer("packages/mock-server/dist/cli.js", ["--port", "0", "--json", ...args]);
