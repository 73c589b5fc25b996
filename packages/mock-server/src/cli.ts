#!/usr/bin/env node
import { parseArgs } from "node:util";
import { keeping } from "./data/keep.ts";
import { listen, type Listening } from "./listen.ts";
import { mockParts } from "./parts.ts";
import { demoSeed, type Seed } from "./seed.ts";
import { createTidy } from "./tidy.ts";
import packageJson from "../package.json" with { type: "json" };

const help = `mesibo-mock: the mesibo backend API on this machine

  --port <n>       port to listen on; 0 is any free one   (default 4010)
  --host <host>    address to listen on                   (default 127.0.0.1)
  --token <token>  an app token to accept; repeatable     (default: any, each with a world of its own)
  --seed <seed>    start new worlds with the demo team (demo) or with a JSON file   (default: empty)
  --data <file>    keep worlds in a file                  (default: they are gone with the process)
  --fsync          with --data: survive power cuts too, not killed processes alone
  --journal <n>    requests that each world remembers     (default 10000)
  --no-control     no control API and no console below /_mock
  --json           print {"url":…,"token":…} instead of the sentence
  --version, --help

mesibo-mock conform   asks a mock, or mesibo itself, whether it behaves as this mock does (--help tells more)

Then: curl '<url>?op=groupadd&token=<token>&name=News'
`;

const options = {
  port: { type: "string", default: "4010" },
  host: { type: "string", default: "127.0.0.1" },
  token: { type: "string", multiple: true },
  seed: { type: "string" },
  data: { type: "string" },
  fsync: { type: "boolean", default: false },
  journal: { type: "string" },
  control: { type: "boolean", default: true },
  json: { type: "boolean", default: false },
  version: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

function fail(message: string, code: 1 | 2): never {
  process.stderr.write(`mesibo-mock: ${message}\n`);
  process.exit(code);
}

function readArguments() {
  try {
    return parseArgs({ options, allowNegative: true }).values;
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)} See --help.`, 2);
  }
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  return fail(`--port must be a whole number from 0 to 65535, not ${text}.`, 2);
}

function readJournal(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,7}$/.test(text) && Number(text) <= 1_000_000) return Number(text);
  return fail(`--journal must be a whole number from 0 to 1000000, not ${text}.`, 2);
}

async function readSeed(name: string | undefined): Promise<Seed | undefined> {
  if (name === undefined || name === "demo") return name === undefined ? undefined : demoSeed;
  const { readSeedFile, SeedFileError } = await import("./seed-file.ts");
  try {
    return readSeedFile(name);
  } catch (error) {
    if (error instanceof SeedFileError) return fail(error.message, 2);
    throw error;
  }
}

function startFailure(error: unknown, port: number, host: string): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE")
    return `port ${port} is taken; choose another with --port, or 0 for any free one.`;
  if (code === "EACCES") return `port ${port} may not be used by this user; choose one above 1023.`;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN" || code === "EADDRNOTAVAIL")
    return `--host ${host} is no address of this machine; give one without port or brackets, such as 127.0.0.1 or ::1.`;
  return error instanceof Error ? error.message : String(error);
}

if (process.argv[2] === "conform") {
  const { conform } = await import("./conform/cli.ts");
  const code = await conform(process.argv.slice(3), process.env, {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
  });
  // A pipe may not have taken everything yet.
  await new Promise<never>(() => process.stdout.write("", () => process.exit(code)));
}
const args = readArguments();
if (args.help) {
  process.stdout.write(help);
  process.exit(0);
}
if (args.version) {
  process.stdout.write(`${packageJson.version}\n`);
  process.exit(0);
}
// Node takes an empty host for every address of the machine.
if (args.host === "") fail("--host must not be empty.", 2);
if (args.data === "") fail("--data must not be empty.", 2);
if (args.fsync && args.data === undefined) fail("--fsync needs --data.", 2);
if (args.token?.some((token) => token === "") === true) fail("--token must not be empty.", 2);

const notKept = ({ message }: Error): void => {
  const then = "Make room, and start it again: until then every change is answered with status 500.";
  process.stderr.write(`mesibo-mock: --data ${args.data} cannot be written any more: ${message}. ${then}\n`);
};

const port = readPort(args.port);
const start = async (): Promise<{ readonly token: string } & Listening> => {
  const { data, fsync, control, token: tokens } = args;
  const seed = await readSeed(args.seed);
  const journal = readJournal(args.journal);
  const parts = mockParts({ tokens, seed, journal, control }, await keeping({ data, fsync }, notKept));
  return { token: parts.token, ...(await listen(parts, { port, host: args.host }, createTidy())) };
};
const { token, url, close } = await start().catch((error: unknown) =>
  fail(startFailure(error, port, args.host), 1),
);
process.stdout.on("error", ({ message }) => fail(`the URL could not be printed: ${message}.`, 1));
process.stdout.write(
  args.json
    ? `${JSON.stringify({ url, token })}\n`
    : `A mock mesibo answers at ${url} with the app token ${token}. Ctrl+C ends it.\n`,
);

let closing = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (closing) process.exit(1);
    closing = true;
    void close().then(() => process.exit(0));
  });
}
