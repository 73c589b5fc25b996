import { spawn } from "node:child_process";

/** A command to run to its end. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** When it is ended from outside. Default: 60 s. */
  readonly limitMs?: number;
}

/** How a command ended. */
export interface Ended {
  readonly ok: boolean;
  readonly stdout: string;
  /** All that it said, for a message. */
  readonly said: string;
}

/** Runs a command to its end. It never throws: what cannot be started has said why. */
export function run({ file, args, cwd, env, limitMs = 60_000 }: Command): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: limitMs,
      shell: process.platform === "win32",
    });
    let stdout = "";
    let said = "";
    child.stdout.on("data", (chunk) => {
      stdout += String(chunk);
      said += String(chunk);
    });
    child.stderr.on("data", (chunk) => {
      said += String(chunk);
    });
    child.on("error", ({ message }) => resolve({ ok: false, stdout, said: message }));
    child.on("close", (code, signal) => {
      const end = signal === null ? said : `${said}\nended by ${signal} after ${limitMs / 1_000} s`;
      resolve({ ok: code === 0, stdout, said: end.trim() });
    });
  });
}
