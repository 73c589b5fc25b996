#!/usr/bin/env node
import { parseArgs } from "node:util";
import { demoSeed } from "./seed.ts";
import { startMock } from "./serve.ts";
import packageJson from "../package.json" with { type: "json" };

const help = `mesibo-mock: the mesibo backend API on this machine

  --port <n>       port to listen on; 0 is any free one   (default 4010)
  --host <host>    address to listen on                   (default 127.0.0.1)
  --token <token>  an app token to accept; repeatable     (default: any, each with a world of its own)
  --seed demo      start every world with the demo team   (default: empty)
  --json           print {"url":…,"token":…} instead of the sentence
  --version, --help

Then: curl '<url>?op=groupadd&token=<token>&name=News'
`;

const options = {
  port: { type: "string", default: "4010" },
  host: { type: "string", default: "127.0.0.1" },
  token: { type: "string", multiple: true },
  seed: { type: "string" },
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
    return parseArgs({ options }).values;
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)} See --help.`, 2);
  }
}

function readPort(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  return fail(`--port must be a whole number from 0 to 65535, not ${text}.`, 2);
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
if (args.seed !== undefined && args.seed !== "demo") fail(`--seed takes demo, not ${args.seed}.`, 2);
if (args.token?.some((token) => token === "") === true) fail("--token must not be empty.", 2);

const port = readPort(args.port);
const seed = args.seed === "demo" ? demoSeed : undefined;
const mock = await startMock({ port, host: args.host, tokens: args.token, seed }).catch((error: unknown) =>
  fail(startFailure(error, port, args.host), 1),
);
const { url, token } = mock;
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
    void mock.close().then(() => process.exit(0));
  });
}
