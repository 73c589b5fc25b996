import { execFile } from "node:child_process";
import { ProfileError } from "./errors.ts";
import type { Surroundings } from "./surroundings.ts";

/** Milliseconds that a token command may take. */
const TOKEN_COMMAND_LIMIT_MS = 10_000;

function faultOf(error: { readonly code?: unknown; readonly killed?: boolean }, limitMs: number): string {
  if (error.code === "ENOENT") return "was not found.";
  if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return "printed too much to be a token.";
  if (error.killed === true) return `did not end within ${limitMs / 1000} s.`;
  return `failed (${typeof error.code === "number" ? `exit code ${error.code}` : typeof error.code === "string" ? error.code : "by a signal"}).`;
}

/** Runs a program without a shell and gives what it prints. Its arguments and its output are in no error. */
export function runTokenCommand(
  argv: readonly string[],
  { env, cwd }: Surroundings,
  limitMs = TOKEN_COMMAND_LIMIT_MS,
): Promise<string> {
  const [program = "", ...args] = argv;
  return new Promise((resolve, reject) => {
    const options = {
      env: { ...env },
      cwd,
      timeout: limitMs,
      killSignal: "SIGKILL",
      maxBuffer: 65_536,
    } as const;
    const child = execFile(program, args, options, (error, stdout) => {
      if (error === null) return resolve(stdout);
      const fault = `${program} ${faultOf({ ...error, code: error.code, killed: error.killed ?? false }, limitMs)}`;
      reject(
        new ProfileError({ source: "token_command", fault, next: "Run the command yourself to see why." }),
      );
    });
    // It must not wait for, or take, what the user types into the app.
    child.stdin?.end();
  });
}
