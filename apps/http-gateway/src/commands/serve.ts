import { randomBytes } from "node:crypto";
import { codeOf } from "../code-of.ts";
import { readPort, type Config } from "../config.ts";
import { hasUsableKey } from "../keys/manage.ts";
import { createGateway } from "../gateway.ts";
import { recoveryRecord, writeRecord, type Log } from "../log.ts";
import { serve as listen } from "../serve.ts";
import { startEngine } from "../start.ts";
import type { Command, Flags } from "./command.ts";
import { configured } from "./configured.ts";
import { CommandError, say, wordsOf } from "./say.ts";

function startFailure(error: unknown, { port, host }: Pick<Config, "port" | "host">): string {
  const code = codeOf(error);
  if (code === "EADDRINUSE")
    return `port ${port} is taken; choose another with --port, or 0 for any free one.`;
  if (code === "EACCES") return `port ${port} may not be used by this user; choose one above 1023.`;
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return `${host} is no address of this machine; choose another with --host.`;
  return wordsOf(error);
}

/** Where to listen as the flags say; undefined: as the environment says. */
function readFlags({ port, host }: Flags): Partial<Pick<Config, "port" | "host">> {
  const asked = typeof port === "string" ? readPort(port) : undefined;
  if (typeof port === "string" && asked === undefined) {
    throw new CommandError([`--port must be a whole number from 0 to 65535, not ${port.slice(0, 40)}.`], 2);
  }
  if (host === "") throw new CommandError(["--host must not be empty."], 2);
  return {
    ...(asked === undefined ? {} : { port: asked }),
    ...(typeof host === "string" ? { host } : {}),
  };
}

/** Ends the process after a signal, once everything is closed. A second signal ends it at once. */
function untilSignal(close: () => Promise<void>): Promise<never> {
  return new Promise((_, reject) => {
    let closing = false;
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        if (closing) process.exit(1);
        closing = true;
        void close().then(() => process.exit(0), reject);
      });
    }
  });
}

/** Serves the REST API until a signal comes. */
export const serve: Command = {
  summary: "serve the REST API",
  options: {
    port: { type: "string" },
    host: { type: "string" },
    json: { type: "boolean", default: false },
  },
  run: async ({ flags, variables }) => {
    const place = readFlags(flags);
    const config = configured({
      ...variables,
      ...(place.host === undefined ? {} : { HOST: place.host, HOST_FILE: undefined }),
    });
    const port = place.port ?? config.port;
    const { host } = config;
    const demo = config.upstream.kind === "demo";
    const generated = demo && config.apiKeys.length === 0;
    const apiKeys = generated ? [randomBytes(24).toString("base64url")] : config.apiKeys;

    const log: Log | undefined = config.log
      ? (record) => process.stderr.write(`${JSON.stringify(record)}\n`)
      : undefined;
    const { engine, metrics, remarks, stop, close } = await startEngine({
      ...config,
      onRecovered: (recovered) => {
        writeRecord(log, recoveryRecord(recovered));
      },
    });
    const app = createGateway({
      engine,
      apiKeys,
      metrics,
      operations: config,
      log,
    });
    const gateway = await listen({
      fetch: (request, connection) => app.fetch(request, connection),
      port,
      host,
      shutdown: config.shutdown,
      trustedProxies: config.trustedProxies,
    }).catch(async (error: unknown) => {
      await close();
      throw new CommandError([startFailure(error, { port, host })], 1);
    });

    if (demo)
      say("no MESIBO_APP_TOKEN, so this is a demo on a mock of its own: no account, nothing is kept.");
    for (const warning of [...config.warnings, ...remarks]) say(warning);
    if (apiKeys.length === 0 && !(await hasUsableKey(engine))) {
      say(
        "there is no API key yet, so nobody can call: make the first one with mesibo-gateway keys bootstrap.",
      );
    }
    const [apiKey = ""] = apiKeys;
    const { url } = gateway;
    // Outside a demo a key is somebody's secret, and a terminal is no place for it.
    const line = demo
      ? `The gateway answers at ${url}/v1 with the API key ${apiKey}. Ctrl+C ends it.`
      : `The gateway answers at ${url}/v1. Ctrl+C ends it.`;
    process.stdout.write(
      `${flags["json"] === true ? JSON.stringify(demo ? { url, apiKey } : { url }) : line}\n`,
    );

    return untilSignal(async () => {
      stop();
      await gateway.close();
      await close();
    });
  },
};
