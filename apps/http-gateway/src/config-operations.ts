import type { Settings } from "./settings.ts";
import { readTrustedProxies, type TrustedProxies } from "./trusted-proxies.ts";

/** How often a key may ask. */
export interface RateLimit {
  readonly perMinute: number;
  readonly burst: number;
}

/** How the gateway is run. */
export interface OperationsConfig {
  /** Names that may be in `Host`, lower case and without port; undefined: any. */
  readonly allowedHosts: readonly string[] | undefined;
  /** Undefined: no limit. */
  readonly rateLimit: RateLimit | undefined;
  /** Undefined: metrics are open. */
  readonly metricsToken: string | undefined;
  readonly docs: boolean;
  readonly shutdown: { readonly delayMs: number; readonly graceMs: number };
  /** Undefined: nobody's `X-Forwarded-For` is believed. */
  readonly trustedProxies: TrustedProxies | undefined;
}

/** How long requests under way may take to end when nothing is configured: an operation's deadline, and a little. */
const DEFAULT_GRACE_MS = 25_000;

/** The numbers that a variable may be, both ends included. */
type Range = readonly [from: number, to: number];

/** Reads a whole number within a range. Undefined where it is not set, or is none. */
export function readNumber(
  { text, fault }: Settings,
  name: Parameters<Settings["text"]>[0],
  [from, to]: Range,
): number | undefined {
  const given = text(name);
  if (given === undefined) return undefined;
  const value = /^\d{1,9}$/.test(given) ? Number(given) : -1;
  if (value >= from && value <= to) return value;
  fault(`${name} must be a whole number from ${from} to ${to}, not ${JSON.stringify(given.slice(0, 40))}.`);
  return undefined;
}

const loopback = ["127.0.0.1", "localhost", "[::1]"];

function readHosts({ text, fault }: Settings, host: string): readonly string[] | undefined {
  const given = text("ALLOWED_HOSTS");
  // A page in a browser of this machine must not reach a gateway by a name that leads here (DNS rebinding).
  if (given === undefined) return [...loopback, "::1"].includes(host) ? loopback : undefined;
  if (given === "*") return undefined;
  const names = given.split(",").map((name) => name.trim().toLowerCase());
  const wrong = names.find((name) => !/^(?:[\w.-]{1,253}|\[[\da-f:.]{2,45}\])$/.test(name));
  if (wrong !== undefined) {
    fault(
      `ALLOWED_HOSTS must be names without scheme and port and with commas between, or *; it holds ${JSON.stringify(wrong.slice(0, 40))}.`,
    );
  }
  return names;
}

function readRate(settings: Settings): RateLimit | undefined {
  const perMinute = readNumber(settings, "RATE_LIMIT", [1, 1_000_000]);
  const burst = readNumber(settings, "RATE_BURST", [1, 1_000_000]);
  if (perMinute === undefined) {
    if (burst !== undefined)
      settings.fault("RATE_BURST is set, but RATE_LIMIT is not: set both, or neither.");
    return undefined;
  }
  return { perMinute, burst: burst ?? Math.max(1, Math.ceil(perMinute / 10)) };
}

function readDocs({ text, fault }: Settings): boolean {
  const docs = text("DOCS") ?? "1";
  if (docs !== "0" && docs !== "1") fault(`DOCS must be 0 or 1, not ${JSON.stringify(docs.slice(0, 40))}.`);
  return docs === "1";
}

function readMetricsToken({ text, fault }: Settings): string | undefined {
  const token = text("METRICS_TOKEN");
  if (token !== undefined && !/^[\u0021-\u007e]{1,256}$/.test(token)) {
    fault("METRICS_TOKEN must be 1 to 256 visible ASCII characters, without spaces or line breaks.");
  }
  return token;
}

function readProxies({ text, fault }: Settings): TrustedProxies | undefined {
  const given = text("TRUST_PROXY");
  const proxies = given === undefined ? undefined : readTrustedProxies(given);
  if (given !== undefined && proxies === undefined) {
    fault(
      `TRUST_PROXY must be how many proxies stand in front, from 1 to 16, or their networks with commas between, such as 10.0.0.0/8,::1, not ${JSON.stringify(given.slice(0, 40))}.`,
    );
  }
  return proxies;
}

/** Reads how the gateway is run. */
export function readOperations(settings: Settings, { host }: { readonly host: string }): OperationsConfig {
  return {
    allowedHosts: readHosts(settings, host),
    rateLimit: readRate(settings),
    metricsToken: readMetricsToken(settings),
    docs: readDocs(settings),
    shutdown: {
      delayMs: readNumber(settings, "SHUTDOWN_DELAY_MS", [0, 600_000]) ?? 0,
      graceMs: readNumber(settings, "SHUTDOWN_GRACE_MS", [0, 600_000]) ?? DEFAULT_GRACE_MS,
    },
    trustedProxies: readProxies(settings),
  };
}
