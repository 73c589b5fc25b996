import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readConfig, type Config } from "../src/config.ts";

const directory = mkdtempSync(join(tmpdir(), "gateway-"));
const file = (name: string, text: string): string => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const DAY_MS = 86_400_000;
const token = { MESIBO_APP_TOKEN: "app-token" };
const database = { DATABASE_URL: "file:gateway.db" };
const key = { GATEWAY_API_KEY: "a-key-of-sixteen-characters" };
const config: Config = {
  policy: {
    timeoutMs: 8_000,
    connectMs: 2_000,
    deadlineMs: 20_000,
    maxInFlight: 8,
    maxQueued: 64,
    queueWaitMs: 2_000,
    quietMs: 16_000,
  },
  upstream: { kind: "mesibo", token: "app-token", url: undefined, dialect: undefined },
  apiKeys: ["a-key-of-sixteen-characters"],
  database: "file:mesibo-gateway.db",
  port: 4020,
  host: "127.0.0.1",
  log: true,
  warnings: [],
  allowedHosts: ["127.0.0.1", "localhost", "[::1]"],
  rateLimit: undefined,
  metricsToken: undefined,
  docs: true,
  shutdown: { delayMs: 0, graceMs: 25_000 },
  trustedProxies: undefined,
  kept: { eventsMs: 7 * DAY_MS, maxEvents: 1_000_000, auditMs: 400 * DAY_MS },
};

const faultsOf = (variables: Readonly<Record<string, string>>): readonly string[] => {
  const read = readConfig(variables);
  return read.ok ? [] : read.faults;
};

describe("a configuration", () => {
  test("of nothing is a demo", () => {
    expect(readConfig({})).toEqual({
      ok: true,
      config: { ...config, upstream: { kind: "demo" }, apiKeys: [], database: ":memory:" },
    });
  });

  test("of a token and a key is mesibo's own service", () => {
    expect(readConfig({ ...token, ...key })).toEqual({ ok: true, config });
  });

  test("of a token alone has no key of its own: those in the store open", () => {
    expect(readConfig(token)).toEqual({ ok: true, config: { ...config, apiKeys: [] } });
  });

  test("takes every variable", () => {
    const variables = {
      ...token,
      MESIBO_URL: "http://127.0.0.1:4010/backend/",
      MESIBO_DIALECT: "form",
      GATEWAY_API_KEY: "first-key-of-sixteen, second-key-of-sixteen",
      PORT: "0",
      HOST: "::1",
      GATEWAY_LOG: "off",
      NODE_ENV: "production",
      DATABASE_URL: "postgres://gateway:secret@db/gateway",
      ALLOWED_HOSTS: "Groups.example.com, localhost",
      RATE_LIMIT: "600",
      RATE_BURST: "20",
      METRICS_TOKEN: "metrics-token",
      DOCS: "0",
      SHUTDOWN_DELAY_MS: "5000",
      SHUTDOWN_GRACE_MS: "10000",
      TIMEOUT_MS: "5000",
      CONNECT_TIMEOUT_MS: "700",
      DEADLINE_MS: "15000",
      MAX_IN_FLIGHT: "4",
      MAX_QUEUED: "0",
      QUEUE_WAIT_MS: "500",
      TRUST_PROXY: "2",
      EVENT_RETENTION_DAYS: "1",
      MAX_EVENTS: "5000",
      AUDIT_RETENTION_DAYS: "30",
    };
    expect(readConfig(variables)).toEqual({
      ok: true,
      config: {
        upstream: {
          kind: "mesibo",
          token: "app-token",
          url: "http://127.0.0.1:4010/backend/",
          dialect: "form",
        },
        policy: {
          timeoutMs: 5_000,
          connectMs: 700,
          deadlineMs: 15_000,
          maxInFlight: 4,
          maxQueued: 0,
          queueWaitMs: 500,
          quietMs: 10_000,
        },
        apiKeys: ["first-key-of-sixteen", "second-key-of-sixteen"],
        database: "postgres://gateway:secret@db/gateway",
        port: 0,
        host: "::1",
        log: false,
        warnings: [],
        allowedHosts: ["groups.example.com", "localhost"],
        rateLimit: { perMinute: 600, burst: 20 },
        metricsToken: "metrics-token",
        docs: false,
        shutdown: { delayMs: 5000, graceMs: 10_000 },
        trustedProxies: { kind: "hops", count: 2 },
        kept: { eventsMs: DAY_MS, maxEvents: 5_000, auditMs: 30 * DAY_MS },
      },
    });
  });

  test("takes secrets from files, without the line break at their end", () => {
    const variables = {
      MESIBO_APP_TOKEN_FILE: file("token", "app-token\n"),
      GATEWAY_API_KEY_FILE: file("key", "a-key-of-sixteen-characters\r\n"),
    };
    expect(readConfig(variables)).toEqual({ ok: true, config });
  });

  test("allows any host where it listens for everybody, and where it is told so", () => {
    for (const variables of [{ HOST: "0.0.0.0" }, { ALLOWED_HOSTS: "*" }]) {
      expect(readConfig(variables)).toMatchObject({ config: { allowedHosts: undefined } });
    }
  });

  test("takes a tenth of the limit for the burst", () => {
    expect(readConfig({ RATE_LIMIT: "55" })).toMatchObject({
      config: { rateLimit: { perMinute: 55, burst: 6 } },
    });
  });

  test("warns of names that it does not know, with the nearest, and not of the terminal program's", () => {
    const names = [
      "GATEWAY_API_KEYS",
      "MESIBO_APP_TOKEN_FLIE",
      "GATEWAY_ZZZZZZZZZZZZZZZZ",
      "GATEWAY_URL",
      "HOME",
    ];
    const read = readConfig(Object.fromEntries(names.map((name) => [name, "secret-value"])));
    expect(read).toMatchObject({
      config: {
        warnings: [
          "GATEWAY_API_KEYS is no variable of the gateway: did you mean GATEWAY_API_KEY?",
          "MESIBO_APP_TOKEN_FLIE is no variable of the gateway: did you mean MESIBO_APP_TOKEN_FILE?",
          "GATEWAY_ZZZZZZZZZZZZZZZZ is no variable of the gateway: it has no effect.",
        ],
      },
    });
  });

  test("warns of a short key", () => {
    const read = readConfig({ ...token, GATEWAY_API_KEY: "short" });
    expect(read).toMatchObject({
      config: { warnings: ["GATEWAY_API_KEY holds a key of less than 16 characters; anyone may guess it."] },
    });
  });
});

describe("faults", () => {
  test("are named all at once", () => {
    const faults = faultsOf({
      MESIBO_DIALECT: "xml",
      MESIBO_URL: "ftp://x",
      PORT: "http",
      GATEWAY_LOG: "loud",
      ALLOWED_HOSTS: "https://x",
      RATE_LIMIT: "0",
      METRICS_TOKEN: "a b",
      DOCS: "yes",
      SHUTDOWN_DELAY_MS: "1s",
      SHUTDOWN_GRACE_MS: "-1",
      TIMEOUT_MS: "30000",
      MAX_IN_FLIGHT: "0",
      QUIET_MS: "soon",
      TRUST_PROXY: "10.0.0.0/33",
      AUDIT_RETENTION_DAYS: "0",
    });
    expect(faults.map((fault) => fault.split(" ")[0])).toEqual([
      "MESIBO_URL",
      "MESIBO_DIALECT",
      "PORT",
      "GATEWAY_LOG",
      "ALLOWED_HOSTS",
      "RATE_LIMIT",
      "METRICS_TOKEN",
      "DOCS",
      "SHUTDOWN_DELAY_MS",
      "SHUTDOWN_GRACE_MS",
      "TRUST_PROXY",
      "AUDIT_RETENTION_DAYS",
      "TIMEOUT_MS",
      "MAX_IN_FLIGHT",
      "QUIET_MS",
    ]);
  });

  const production = { NODE_ENV: "production" };
  test.each([
    [production, "MESIBO_APP_TOKEN is not set, and NODE_ENV is production: there is no demo in production."],
    [
      { MESIBO_URL: "http://localhost:1" },
      "MESIBO_URL is set, but MESIBO_APP_TOKEN is not: set both, or neither for a demo.",
    ],
    [{ MESIBO_APP_TOKEN: "" }, "MESIBO_APP_TOKEN is set but empty: give it a value, or unset it."],
    [
      { MESIBO_APP_TOKEN: "a b", ...key },
      "MESIBO_APP_TOKEN must be 1 to 256 visible ASCII characters, without spaces or line breaks.",
    ],
    [
      { ...token, GATEWAY_API_KEY: "a,,b" },
      "GATEWAY_API_KEY must be one key or several with commas between, each 1 to 256 visible ASCII characters.",
    ],
    [
      { ...token, ...production, ...database, GATEWAY_API_KEY: "short" },
      "GATEWAY_API_KEY holds a key of less than 16 characters, which anyone may guess: try openssl rand -hex 32.",
    ],
    [
      { ...token, ...key, ...production },
      "DATABASE_URL is not set, and NODE_ENV is production: set file:/path/to/gateway.db, or postgres://user:password@host/database.",
    ],
    [
      { ...token, ...key, DATABASE_URL: "mysql://root:hunter2@db/x" },
      "DATABASE_URL must be file: with a path, or postgres://user:password@host/database.",
    ],
    [{ ...token, ...key, MESIBO_DIALECT: "xml" }, 'MESIBO_DIALECT must be json or form, not "xml".'],
    [{ ...token, ...key, PORT: "70000" }, 'PORT must be a whole number from 0 to 65535, not "70000".'],
    [
      { ALLOWED_HOSTS: "a, b:80" },
      'ALLOWED_HOSTS must be names without scheme and port and with commas between, or *; it holds "b:80".',
    ],
    [
      { TRUST_PROXY: "nginx" },
      'TRUST_PROXY must be how many proxies stand in front, from 1 to 16, or their networks with commas between, such as 10.0.0.0/8,::1, not "nginx".',
    ],
    [
      { TIMEOUT_MS: "500", CONNECT_TIMEOUT_MS: "501" },
      "CONNECT_TIMEOUT_MS is 501 and TIMEOUT_MS 500: a connection must not take longer than its whole request.",
    ],
    [{ RATE_BURST: "5" }, "RATE_BURST is set, but RATE_LIMIT is not: set both, or neither."],
    [{ RATE_LIMIT: "1e3" }, 'RATE_LIMIT must be a whole number from 1 to 1000000, not "1e3".'],
    [
      { DOCS_FILE: join(directory, "none") },
      `DOCS_FILE names a file that cannot be read (ENOENT): ${join(directory, "none")}.`,
    ],
    [{ ...token, ...key, PORT: "" }, "PORT is set but empty: give it a value, or unset it."],
    [
      { ...token, ...key, MESIBO_APP_TOKEN_FILE: file("both", "x") },
      "MESIBO_APP_TOKEN and MESIBO_APP_TOKEN_FILE are both set: keep one of them.",
    ],
    [
      { ...key, MESIBO_APP_TOKEN_FILE: file("empty", "\n") },
      `MESIBO_APP_TOKEN_FILE names an empty file, ${join(directory, "empty")}.`,
    ],
    [
      { ...key, MESIBO_APP_TOKEN_FILE: join(directory, "none") },
      `MESIBO_APP_TOKEN_FILE names a file that cannot be read (ENOENT): ${join(directory, "none")}.`,
    ],
  ])("%j", (variables, fault) => {
    expect(faultsOf(variables)).toEqual([fault]);
  });

  test.each([
    "https://user:app-token@x/",
    "https://x/?token=app-token",
    "https://x/#app-token",
    "app-token",
    "//x",
  ])("of the URL %s do not repeat it", (url) => {
    const faults = faultsOf({ ...token, ...key, MESIBO_URL: url });
    expect(faults).toEqual([expect.stringMatching(/^MESIBO_URL must be an http or https URL/)]);
    expect(faults.join("")).not.toContain("app-token");
  });

  test("of secrets do not repeat them", () => {
    const faults = faultsOf({ MESIBO_APP_TOKEN: "canary one", GATEWAY_API_KEY: "canary two" });
    expect(faults).toHaveLength(2);
    expect(faults.join("")).not.toContain("canary");
  });
});
