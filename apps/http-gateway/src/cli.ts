#!/usr/bin/env node
import { randomBytes } from "node:crypto";
import { parseArgs } from "node:util";
import { DEFAULT_PORT, readConfig, readPort } from "./config.ts";
import { createGateway } from "./gateway.ts";
import { serve } from "./serve.ts";
import { startEngine } from "./start.ts";
import packageJson from "../package.json" with { type: "json" };

const help = `mesibo-gateway: plain REST over mesibo's groups, with the app token in one place

  --port <n>     port to listen on; 0 is any free one   (default ${DEFAULT_PORT}, or PORT)
  --host <host>  address to listen on                   (default 127.0.0.1, or HOST)
  --json         print {"url":…} instead of the sentence, in a demo with a ready "apiKey"
  --version, --help

Environment, each secret also as <NAME>_FILE:
  MESIBO_APP_TOKEN  the app token; without it the gateway is a demo on a mock of its own
  GATEWAY_API_KEY   the keys of your services, with commas between
  MESIBO_URL        default https://api.mesibo.com/backend/
  MESIBO_DIALECT    json (default) or form
  DATABASE_URL      file:mesibo-gateway.db (default), or postgres://user:password@host/database
  GATEWAY_LOG       json (default: one line for each request on stderr) or off

Then: curl -H 'Authorization: Bearer <key>' <url>/v1/groups
`;

const options = {
  port: { type: "string" },
  host: { type: "string" },
  json: { type: "boolean", default: false },
  version: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

function say(line: string): void {
  process.stderr.write(`mesibo-gateway: ${line}\n`);
}

function fail(lines: readonly string[], code: 1 | 2): never {
  for (const line of lines) say(line);
  process.exit(code);
}

function readArguments() {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    // One line: some of Node's own messages go on with advice in further sentences and lines.
    const message = error instanceof Error ? error.message : String(error);
    return fail([`${message.replaceAll(/\s*\n\s*/g, " ")} See --help.`], 2);
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function startFailure(error: unknown, port: number, host: string): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE")
    return `port ${port} is taken; choose another with --port, or 0 for any free one.`;
  if (code === "EACCES") return `port ${port} may not be used by this user; choose one above 1023.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `${host} is no address of this machine; choose another with --host.`;
  return wordsOf(error);
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
const askedPort = args.port === undefined ? undefined : readPort(args.port);
if (args.port !== undefined && askedPort === undefined) {
  fail([`--port must be a whole number from 0 to 65535, not ${args.port.slice(0, 40)}.`], 2);
}
if (args.host === "") fail(["--host must not be empty."], 2);

const read = readConfig(process.env);
if (!read.ok) fail(read.faults, 1);
const { config } = read;
const demo = config.upstream.kind === "demo";
const generated = demo && config.apiKeys.length === 0;
const apiKeys = generated ? [randomBytes(24).toString("base64url")] : config.apiKeys;
const port = askedPort ?? config.port;
const host = args.host ?? config.host;

const { engine, remarks, close } = await startEngine(config).catch((error: unknown) =>
  fail([wordsOf(error)], 1),
);

const app = createGateway({
  engine,
  apiKeys,
  log: config.log ? (record) => process.stderr.write(`${JSON.stringify(record)}\n`) : undefined,
});
const gateway = await serve({ fetch: (request) => app.fetch(request), port, host }).catch((error: unknown) =>
  fail([startFailure(error, port, host)], 1),
);

if (demo) say("no MESIBO_APP_TOKEN, so this is a demo on a mock of its own: no account, nothing is kept.");
for (const warning of [...config.warnings, ...remarks]) say(warning);
const [apiKey = ""] = apiKeys;
const { url } = gateway;
// Outside a demo a key is somebody's secret, and a terminal is no place for it.
const line = demo
  ? `The gateway answers at ${url}/v1 with the API key ${apiKey}. Ctrl+C ends it.`
  : `The gateway answers at ${url}/v1. Ctrl+C ends it.`;
process.stdout.write(`${args.json ? JSON.stringify(demo ? { url, apiKey } : { url }) : line}\n`);

let closing = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (closing) process.exit(1);
    closing = true;
    void gateway
      .close()
      .then(close)
      .then(() => process.exit(0));
  });
}
