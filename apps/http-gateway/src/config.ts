import type { Dialect } from "@mesibo-groups/core";
import { readKept } from "./config-kept.ts";
import { readOperations, type OperationsConfig } from "./config-operations.ts";
import { readPolicy, type PolicyConfig } from "./config-policy.ts";
import { configTable } from "./config-table.ts";
import { unknownVariables } from "./config-unknown.ts";
import type { Kept } from "./retention.ts";
import { createSettings, type Settings, type Variables } from "./settings.ts";

/** Where the gateway calls: mesibo or a mock over HTTP, or a mock of its own. */
export type Upstream =
  | { readonly kind: "demo" }
  | {
      readonly kind: "mesibo";
      readonly token: string;
      /** Default: mesibo's own. */
      readonly url: string | undefined;
      /** Default: the client's. */
      readonly dialect: Dialect | undefined;
    };

/** Everything that is configured from outside. */
export interface Config extends OperationsConfig {
  readonly upstream: Upstream;
  readonly policy: PolicyConfig;
  /** How long what has happened is kept. */
  readonly kept: Kept;
  /** Empty in a demo without keys of its own. */
  readonly apiKeys: readonly string[];
  /** Where the gateway keeps what must outlive it: `:memory:`, a `file:` or a `postgres:` URL. */
  readonly database: string;
  readonly port: number;
  readonly host: string;
  /** Whether requests are logged. */
  readonly log: boolean;
  /** What an operator should know, although it works. */
  readonly warnings: readonly string[];
}

/** A configuration, or everything that is wrong with it. */
export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: readonly string[] };

/** The port when none is given. */
const DEFAULT_PORT = Number(configTable.PORT.fallback);

/** A whole number from 0 to 65535, or undefined where the text is none. */
export function readPort(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

const isToken = (text: string): boolean => /^[\u0021-\u007e]{1,256}$/.test(text);

function readDialect({ text, fault }: Settings): Dialect | undefined {
  const dialect = text("MESIBO_DIALECT");
  if (dialect === undefined || dialect === "json" || dialect === "form") return dialect;
  fault(`MESIBO_DIALECT must be json or form, not ${JSON.stringify(dialect.slice(0, 40))}.`);
  return undefined;
}

function readUrl({ text, fault }: Settings): string | undefined {
  const url = text("MESIBO_URL");
  if (url === undefined) return undefined;
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const plain =
    parsed !== undefined &&
    /^https?:$/.test(parsed.protocol) &&
    `${parsed.username}${parsed.password}${parsed.search}${parsed.hash}` === "";
  // The value stays out of the message: it may be one with a token in it.
  if (!plain) {
    fault(
      "MESIBO_URL must be an http or https URL without user, password, query and fragment, such as https://api.mesibo.com/backend/.",
    );
  }
  return url;
}

function readUpstream(settings: Settings, production: boolean): Upstream {
  const { text, fault, faults } = settings;
  const before = faults.length;
  const token = text("MESIBO_APP_TOKEN");
  const url = readUrl(settings);
  const dialect = readDialect(settings);
  if (token !== undefined) {
    if (!isToken(token)) {
      fault("MESIBO_APP_TOKEN must be 1 to 256 visible ASCII characters, without spaces or line breaks.");
    }
    return { kind: "mesibo", token, url, dialect };
  }
  // What was said about the token itself is enough.
  if (faults.length > before) return { kind: "demo" };
  if (url !== undefined) {
    fault("MESIBO_URL is set, but MESIBO_APP_TOKEN is not: set both, or neither for a demo.");
  } else if (production) {
    fault("MESIBO_APP_TOKEN is not set, and NODE_ENV is production: there is no demo in production.");
  }
  return { kind: "demo" };
}

const SHORT_KEY = 16;

function readKeys({ text, fault }: Settings, production: boolean): readonly string[] | undefined {
  const keys = text("GATEWAY_API_KEY")
    ?.split(",")
    .map((key) => key.trim());
  if (keys === undefined) return undefined;
  if (!keys.every(isToken)) {
    fault(
      "GATEWAY_API_KEY must be one key or several with commas between, each 1 to 256 visible ASCII characters.",
    );
  } else if (production && keys.some((key) => key.length < SHORT_KEY)) {
    fault(
      `GATEWAY_API_KEY holds a key of less than ${SHORT_KEY} characters, which anyone may guess: try openssl rand -hex 32.`,
    );
  }
  return keys;
}

function readListening({ text, fault }: Settings): { readonly port: number; readonly host: string } {
  const given = text("PORT");
  const port = given === undefined ? DEFAULT_PORT : readPort(given);
  if (port === undefined) {
    fault(`PORT must be a whole number from 0 to 65535, not ${JSON.stringify(given?.slice(0, 40))}.`);
  }
  return { port: port ?? DEFAULT_PORT, host: text("HOST") ?? configTable.HOST.fallback };
}

function readLog({ text, fault }: Settings): boolean {
  const log = text("GATEWAY_LOG") ?? "json";
  if (log !== "json" && log !== "off") {
    fault(`GATEWAY_LOG must be json or off, not ${JSON.stringify(log.slice(0, 40))}.`);
  }
  return log !== "off";
}

/** The file when none is given, in the folder where the gateway is started. */
const DEFAULT_DATABASE = configTable.DATABASE_URL.fallback;

/** Where the gateway keeps what must outlive it. */
export function readDatabase(
  { text, fault }: Settings,
  { demo, production }: { readonly demo: boolean; readonly production: boolean },
): string {
  const url = text("DATABASE_URL");
  // A demo's mock forgets everything with the process, so a directory that stays would be wrong at the next start.
  if (url === undefined && demo) return ":memory:";
  if (url === undefined && production) {
    fault(
      "DATABASE_URL is not set, and NODE_ENV is production: set file:/path/to/gateway.db, or postgres://user:password@host/database.",
    );
  }
  const known = url === undefined || url === ":memory:" || /^file:.|^postgres(?:ql)?:\/\/./.test(url);
  // The value stays out of the message: it may hold a password.
  if (!known || (url?.startsWith("postgres") === true && !URL.canParse(url))) {
    fault("DATABASE_URL must be file: with a path, or postgres://user:password@host/database.");
  }
  return url ?? DEFAULT_DATABASE;
}

/** Reads the configuration from the environment. Names every variable that is wrong, not only the first. */
export function readConfig(variables: Variables): ConfigResult {
  const settings = createSettings(variables);
  const production = variables["NODE_ENV"] === "production";
  const upstream = readUpstream(settings, production);
  const keys = readKeys(settings, production);
  const { port, host } = readListening(settings);
  const log = readLog(settings);
  const database = readDatabase(settings, { demo: upstream.kind === "demo", production });
  const operations = readOperations(settings, { host });
  const kept = readKept(settings);
  const policy = readPolicy(settings);
  if (settings.faults.length > 0) return { ok: false, faults: settings.faults };

  const apiKeys = keys ?? [];
  const short = upstream.kind === "mesibo" && apiKeys.some((key) => key.length < SHORT_KEY);
  const warnings = [
    ...unknownVariables(variables),
    ...(short
      ? [`GATEWAY_API_KEY holds a key of less than ${SHORT_KEY} characters; anyone may guess it.`]
      : []),
  ];
  return {
    ok: true,
    config: { upstream, policy, kept, apiKeys, database, port, host, log, warnings, ...operations },
  };
}
