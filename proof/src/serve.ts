import { spawn } from "node:child_process";
import { once } from "node:events";

/** A server in a process of its own. */
export interface Served {
  /** The first line that it wrote. */
  readonly line: string;
  readonly stop: () => Promise<void>;
}

/** A program that serves. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/** Starts a server and waits for its first line. Rejects with what it said where it ends before. */
export async function serve({ file, args, cwd, env }: Program): Promise<Served> {
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  const ended = once(child, "exit");
  const line = await Promise.race([
    once(child.stdout, "data").then(String),
    ended.then(() => Promise.reject(new Error(`${file} ended: ${errors.trim()}`))),
    once(child, "error").then(([error]) => Promise.reject(new Error(String(error)))),
  ]);
  return {
    line,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
