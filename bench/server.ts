import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** What a server's process has used since its start. */
export interface Usage {
  readonly cpuUs: number;
  readonly rssBytes: number;
  /** How late the event loop was since it was asked before: the 99th percentile. */
  readonly loopDelayMs: number;
}

/** A server in a process of its own. */
export interface Server {
  readonly port: number;
  readonly usage: () => Promise<Usage>;
  readonly stop: () => Promise<void>;
}

/** How a server is started. */
export interface Program {
  /** From the root of the repository, or a whole path. */
  readonly file: string;
  readonly args?: readonly string[];
  /** Default: this process's environment. */
  readonly env?: NodeJS.ProcessEnv;
  /** Whether what it writes to stderr is thrown away. Default: it is shown. */
  readonly quiet?: boolean;
}

/** A file of the repository. */
export const path = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));

function isUsage(message: unknown): message is Usage {
  return typeof message === "object" && message !== null && "cpuUs" in message && "loopDelayMs" in message;
}

/** Node's flags for a program that is to tell its usage. */
export const preload = ["--import", new URL("servers/usage.mjs", import.meta.url).href];

/** Asks a Node that was started with `preload` what it has used. Some programs send messages of their own. */
export function toldUsage(child: ChildProcess): Promise<Usage> {
  return new Promise((resolve, reject) => {
    const hear = (message: unknown): void => {
      if (!isUsage(message)) return;
      child.off("message", hear).off("exit", end);
      resolve(message);
    };
    const end = (): void => reject(new Error("ended before it told its usage"));
    child.on("message", hear).on("exit", end);
    child.send("usage", (error) => {
      if (error !== null) reject(error);
    });
  });
}

/** Starts a program that prints `{"url":…}` in its first line. */
export async function startServer({ file, args = [], env, quiet = false }: Program): Promise<Server> {
  const child = spawn(process.execPath, [...preload, path(file), ...args], {
    stdio: ["ignore", "pipe", quiet ? "ignore" : "inherit", "ipc"],
    env,
  });
  if (child.stdout === null) throw new Error(`${file} has no output`);
  const line = await once(child.stdout, "data").then(String);
  const port = Number(/"url":"http:\/\/[^:]+:(\d+)/.exec(line)?.[1]);
  return {
    port,
    usage: () => toldUsage(child),
    stop: async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** A bare node:http server with the same answers. */
export const startBare = (): Promise<Server> => startServer({ file: "bench/servers/bare.mjs" });

/** The built bin of the mock. */
export const startMockBin = (...args: readonly string[]): Promise<Server> =>
  startServer({ file: "packages/mock-server/dist/cli.js", args: ["--port", "0", "--json", ...args] });
