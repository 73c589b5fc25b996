import { spawn } from "node:child_process";
import { codeOf } from "../file-words.ts";
import { withoutSecrets, type Argv } from "./chosen-program.ts";

/** How a program ended. */
export type Ended =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "killed"; readonly signal: string }
  /** It never ran, for this reason of the system's. */
  | { readonly kind: "not_run"; readonly code: string };

/** A program to run at the terminal. */
export interface ProgramRun {
  readonly argv: Argv;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What it reads; undefined where that is the terminal. */
  readonly input?: string | undefined;
  /** Ends it. */
  readonly stop: AbortSignal;
}

/** Milliseconds that a program has to end by itself. */
const LAST_MS = 1_000;

/** Shells say so of a program that a signal ended, with the signal's number added. */
const BY_SIGNAL = 128;

function endOf(code: number | null, signal: string | null): Ended {
  if (signal !== null) return { kind: "killed", signal };
  if (code === null || code <= BY_SIGNAL) return { kind: "exited", code: code ?? 0 };
  return { kind: "killed", signal: `signal ${code - BY_SIGNAL}` };
}

/** Runs a program at the terminal of this process until it ends. */
export const runProgram = ({ argv, env, input, stop }: ProgramRun): Promise<Ended> =>
  new Promise((resolve) => {
    const [program, ...args] = argv;
    const child = spawn(program, args, {
      stdio: [input === undefined ? "inherit" : "pipe", "inherit", "inherit"],
      env: withoutSecrets(env),
    });
    let last: NodeJS.Timeout | undefined;
    const kill = (): void => {
      child.kill();
      last = setTimeout(() => child.kill("SIGKILL"), LAST_MS);
    };
    const end = (ended: Ended): void => {
      stop.removeEventListener("abort", kill);
      clearTimeout(last);
      resolve(ended);
    };
    stop.addEventListener("abort", kill);
    child.on("error", (error) => end({ kind: "not_run", code: codeOf(error) ?? error.name }));
    child.on("exit", (code, signal) => end(endOf(code, signal)));
    // A pager that is closed before its end reads no further.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
