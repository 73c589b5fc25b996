import { parseArgs } from "node:util";
import { createMock } from "../mock.ts";
import { cases } from "./cases/index.ts";
import { reportText, summarise } from "./report.ts";
import { runCase, type CaseReport, type Target } from "./run.ts";

const help = `mesibo-mock conform: does a mesibo behave as the mock does?

  --url <url>       the backend URL of a mock, or of mesibo      (default: a mock in this process)
  --v1-url <url>    where /api.php is                            (default: beside --url on this machine, else none)
  --only <id>       one case; repeatable
  --pause <ms>      between two requests                         (default: 0 on this machine, else 200)
  --yes-really      needed for a URL that is not on this machine
  --json            a report for programs
  --help

The app token is MESIBO_APP_TOKEN, or in the file MESIBO_APP_TOKEN_FILE. It is never a flag and never printed.
Ends with 0 where all is as expected, 1 where not, 2 for a wrong call, 3 where the service cannot be asked.
`;

/** How a run ends. */
type ExitCode = 0 | 1 | 2 | 3;

/** Where a program writes. */
export interface Output {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** The environment of a program. */
export type Environment = Readonly<Record<string, string | undefined>>;

class UsageError extends Error {
  override readonly name = "UsageError";
}

const options = {
  url: { type: "string" },
  "v1-url": { type: "string" },
  only: { type: "string", multiple: true },
  pause: { type: "string" },
  "yes-really": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

type Flags = ReturnType<typeof readFlags>;

function readText(file: string): string | undefined {
  try {
    return process.getBuiltinModule("node:fs").readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function readToken(env: Environment): string {
  const { MESIBO_APP_TOKEN: token, MESIBO_APP_TOKEN_FILE: file } = env;
  if (token !== undefined && token !== "") return token;
  if (file === undefined || file === "")
    throw new UsageError(
      "--url needs an app token in MESIBO_APP_TOKEN or in the file MESIBO_APP_TOKEN_FILE.",
    );
  const read = readText(file);
  if (read === undefined) throw new UsageError(`MESIBO_APP_TOKEN_FILE ${file} cannot be read.`);
  if (read.trim() === "") throw new UsageError(`MESIBO_APP_TOKEN_FILE ${file} is empty.`);
  return read.trim();
}

function readUrl(flag: string, text: string): URL {
  try {
    const url = new URL(text);
    if (/^https?:$/.test(url.protocol)) return url;
  } catch {
    // Told below, in the same words.
  }
  throw new UsageError(`--${flag} must be a URL with http or https, not ${text}.`);
}

const isLocal = ({ hostname }: URL): boolean =>
  hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);

function readPause(text: string | undefined, local: boolean): number {
  if (text === undefined) return local ? 0 : 200;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new UsageError(`--pause must be a whole number of milliseconds, not ${text}.`);
}

interface Chosen {
  readonly name: string;
  readonly target: Target;
  /** Whether somebody else's service is asked. */
  readonly far: boolean;
}

function chooseTarget(flags: Flags, env: Environment): Chosen {
  if (flags.url === undefined) {
    if (flags["v1-url"] !== undefined) throw new UsageError("--v1-url needs --url.");
    const token = "conform-app-token";
    const { fetch, url } = createMock({ tokens: [token] });
    const urls = { v1: new URL("/api.php", url).href, v2: url };
    return { name: "the mock in this process", target: { token, fetch, urls, pauseMs: 0 }, far: false };
  }
  const url = readUrl("url", flags.url);
  const beside = isLocal(url) ? new URL("/api.php", url) : undefined;
  const v1 = flags["v1-url"] === undefined ? beside : readUrl("v1-url", flags["v1-url"]);
  // Both get the token, so both have to be here for a run without consent.
  const local = isLocal(url) && (v1 === undefined || isLocal(v1));
  const pauseMs = readPause(flags.pause, local);
  const target = { token: readToken(env), fetch, urls: { v1: v1?.href, v2: url.href }, pauseMs };
  const name = v1 === undefined || v1.host === url.host ? url.host : `${url.host} and ${v1.host}`;
  return { name, target, far: !local };
}

function warning(name: string, requests: number, really: boolean): string {
  return [
    `This makes and removes users and groups whose names start with "conform-" in the app of your token at ${name}.`,
    `It sends about ${requests} requests from this address, which counts among the five that mesibo allows an app.`,
    really ? "It starts now." : "Nothing was sent. Add --yes-really if that is what you want.",
    "",
  ].join("\n");
}

function chooseCases(only: readonly string[] | undefined): typeof cases {
  const unknown = only?.find((id) => cases.every((each) => each.id !== id));
  if (unknown !== undefined)
    throw new UsageError(`--only ${unknown} is no case; there are ${cases.map(({ id }) => id).join(", ")}.`);
  return only === undefined ? cases : cases.filter(({ id }) => only.includes(id));
}

const runId = (): string => Math.floor(Date.now() / 1000).toString(36);

/** Runs the conformance suite. Returns the exit code. */
export async function conform(
  args: readonly string[],
  env: Environment,
  { out, err }: Output,
): Promise<ExitCode> {
  try {
    const flags = readFlags(args);
    if (flags.help) {
      out(help);
      return 0;
    }
    const chosen = chooseCases(flags.only);
    const { name, target, far } = chooseTarget(flags, env);
    if (far) {
      // Each case removes what it has made, which is about as many requests again.
      const requests = 2 * chosen.reduce((sum, { steps }) => sum + steps.length, 0);
      err(warning(name, requests, flags["yes-really"]));
      if (!flags["yes-really"]) return 2;
    }
    const run = runId();
    const reports: CaseReport[] = [];
    for (const [index, each] of chosen.entries()) {
      const report = await runCase(target, each, `conform-${run}${index}-`);
      reports.push(report);
      if (report.result === "stopped") break;
    }
    const summary = summarise(name, reports);
    out(flags.json ? `${JSON.stringify(summary, null, 2)}\n` : reportText(summary));
    if (summary.stopped !== undefined) return 3;
    return summary.ok ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    err(`mesibo-mock conform: ${error.message} See mesibo-mock conform --help.\n`);
    return 2;
  }
}
