import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { isWhole } from "./load.ts";
import { preload, toldUsage, type Usage } from "./server.ts";

/** How long the slowest peer may take until it answers. */
const LONGEST_START_MS = 60_000;
const RETRY_MS = 2;
const TICK_US = 10_000;

/** A program that is to answer on a port, and what it is asked first. */
export interface Program {
  readonly command: readonly string[];
  readonly port: number;
  readonly first: Buffer;
  /** What stands in a right first answer. */
  readonly right: RegExp;
}

/** A program that answers. */
export interface Running {
  /** From the start of the process to the end of its first right answer. */
  readonly startedMs: number;
  readonly usage: () => Promise<Usage>;
  /** Ends it without giving it time: what it keeps is thrown away. */
  readonly stop: () => Promise<void>;
}

/** One answer, or undefined where nobody listens yet. */
function ask(port: number, request: Buffer): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(request))
      .on("data", (chunk) => {
        text += chunk.toString("latin1");
        if (!isWhole(text)) return;
        resolve(text);
        socket.destroy();
      })
      .on("error", () => resolve(undefined))
      .on("close", () => resolve(undefined));
  });
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

async function untilRight({ port, first, right }: Program, ended: () => string | undefined): Promise<void> {
  const until = performance.now() + LONGEST_START_MS;
  let answer: string | undefined;
  while (performance.now() < until) {
    const why = ended();
    if (why !== undefined) throw new Error(why);
    answer = await ask(port, first);
    if (answer !== undefined && answer.startsWith("HTTP/1.1 2") && right.test(answer)) return;
    await pause(answer === undefined ? RETRY_MS : 10 * RETRY_MS);
  }
  const said = answer?.split("\r\n")[0] ?? "nothing";
  throw new Error(`it gave no right answer in ${LONGEST_START_MS / 1_000} s; the last was: ${said}`);
}

/** A process that is no Node, from Linux's own books; nothing elsewhere. */
function usageOfProcess(pid: number): Usage {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return {
      cpuUs: (Number(fields[11]) + Number(fields[12])) * TICK_US,
      rssBytes: Number(rss) * 1_024,
      loopDelayMs: Number.NaN,
    };
  } catch {
    return { cpuUs: Number.NaN, rssBytes: Number.NaN, loopDelayMs: Number.NaN };
  }
}

/** Starts a program and waits for its first right answer. `bare` is without what tells the usage: for cold starts. */
export async function start(program: Program, bare = false): Promise<Running> {
  const [file = "", ...args] = program.command;
  const told = !bare && file === process.execPath;
  const started = performance.now();
  const child = spawn(file, told ? [...preload, ...args] : args, {
    stdio: told ? ["ignore", "ignore", "pipe", "ipc"] : ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  let ended: string | undefined;
  child.stderr?.on("data", (chunk) => {
    errors = `${errors}${String(chunk)}`.slice(-2_000);
  });
  child.on("error", ({ message }) => {
    ended = message;
  });
  child.on("exit", (code, signal) => {
    ended = `it ended with ${String(code ?? signal)}: ${errors.trim().split("\n")[0] ?? ""}`;
  });
  const stop = async (): Promise<void> => {
    if (ended !== undefined) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  try {
    await untilRight(program, () => ended);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    startedMs: performance.now() - started,
    usage: () => (told ? toldUsage(child) : Promise.resolve(usageOfProcess(child.pid ?? 0))),
    stop,
  };
}
