/** One variable of the environment. */
export interface Variable {
  /** What holds when it is not set, in words. */
  readonly fallback: string;
  /** Never shown, in no form. */
  readonly secret: boolean;
  /** One line, for the help and the README. */
  readonly meaning: string;
}

/** Every variable that the gateway reads. Each can be in a file instead, which `<NAME>_FILE` names. */
export const configTable = {
  MESIBO_APP_TOKEN: {
    fallback: "a demo",
    secret: true,
    meaning: "the app token; a demo is refused when `NODE_ENV` is `production`",
  },
  GATEWAY_API_KEY: {
    fallback: "none; one is made in a demo",
    secret: true,
    meaning: "keys that may do everything, with commas between; `openssl rand -hex 32` makes one",
  },
  MESIBO_URL: {
    fallback: "https://api.mesibo.com/backend/",
    secret: false,
    meaning: "where mesibo answers",
  },
  MESIBO_DIALECT: { fallback: "json", secret: false, meaning: "or `form`" },
  TIMEOUT_MS: { fallback: "8000", secret: false, meaning: "how long one request to mesibo may take" },
  CONNECT_TIMEOUT_MS: {
    fallback: "2000",
    secret: false,
    meaning: "how long its connection may take; nothing was sent then. At most TIMEOUT_MS",
  },
  DEADLINE_MS: {
    fallback: "20000",
    secret: false,
    meaning: "how long an operation may take, waiting and repetitions included",
  },
  MAX_IN_FLIGHT: { fallback: "8", secret: false, meaning: "requests to mesibo at once" },
  MAX_QUEUED: {
    fallback: "64",
    secret: false,
    meaning: "calls that may wait for one of them; one more gets 503",
  },
  QUEUE_WAIT_MS: { fallback: "2000", secret: false, meaning: "how long each of them waits, then 503" },
  QUIET_MS: {
    fallback: "twice TIMEOUT_MS",
    secret: false,
    meaning: "how long a group is left alone after a change whose outcome is unknown",
  },
  DATABASE_URL: {
    fallback: "file:mesibo-gateway.db",
    secret: true,
    meaning: "or `postgres://user:password@host/database`; a demo keeps everything in memory",
  },
  PORT: { fallback: "4020", secret: false, meaning: "0 is any free one; `--port` wins" },
  HOST: { fallback: "127.0.0.1", secret: false, meaning: "the address to listen on; `--host` wins" },
  ALLOWED_HOSTS: {
    fallback: "loopback names on loopback, else any",
    secret: false,
    meaning: "names that may be in `Host`, with commas between; others get 421",
  },
  TRUST_PROXY: {
    fallback: "nobody",
    secret: false,
    meaning:
      "whose `X-Forwarded-For` tells the client's address: how many proxies stand in front, or their networks, such as `10.0.0.0/8,::1`",
  },
  RATE_LIMIT: {
    fallback: "off",
    secret: false,
    meaning: "requests that each key may make in a minute",
  },
  RATE_BURST: {
    fallback: "a tenth of RATE_LIMIT",
    secret: false,
    meaning: "how many of them at once",
  },
  METRICS_TOKEN: {
    fallback: "open",
    secret: true,
    meaning: "what `/metrics` wants as its Bearer token",
  },
  DOCS: { fallback: "1", secret: false, meaning: "`0` switches `/docs` off" },
  EVENT_RETENTION_DAYS: { fallback: "7", secret: false, meaning: "how long events are kept" },
  MAX_EVENTS: {
    fallback: "1000000",
    secret: false,
    meaning: "how many of them; the oldest go first",
  },
  AUDIT_RETENTION_DAYS: { fallback: "400", secret: false, meaning: "how long entries of the audit are kept" },
  SHUTDOWN_DELAY_MS: {
    fallback: "0",
    secret: false,
    meaning: "how long `/readyz` says no before connections are refused, for a load balancer",
  },
  SHUTDOWN_GRACE_MS: {
    fallback: "25000",
    secret: false,
    meaning: "how long requests under way may take to end",
  },
  GATEWAY_LOG: {
    fallback: "json",
    secret: false,
    meaning: "one line for each request on stderr, and for each operation that was left behind, or `off`",
  },
} as const satisfies Readonly<Record<string, Variable>>;

/** The name of a variable. */
export type VariableName = keyof typeof configTable;

/** Whether the gateway reads a variable of this name. */
export const isVariableName = (name: string): name is VariableName => Object.hasOwn(configTable, name);

/** Every variable's name, in the order of the table. */
export const variableNames: readonly VariableName[] = Object.keys(configTable).filter(isVariableName);
