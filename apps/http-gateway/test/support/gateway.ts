import { randomUUID } from "node:crypto";
import {
  createClient,
  normalFlags,
  type Client,
  type ClientOptions,
  type FetchLike,
} from "@mesibo-groups/core";
import { createMock, type Mock, type Seed } from "@mesibo-groups/mock-server";
import type { Router } from "../../src/environment.ts";
import { createGateway, type GatewayOptions } from "../../src/gateway.ts";
import { createMetrics } from "../../src/metrics/metrics.ts";
import { createEngine, type Engine } from "../../src/operations/engine.ts";
import { importAll, takeUp } from "../../src/operations/kinds/import-groups.ts";
import { KEY_ID, RUNNING_ID, UNKNOWN_ID } from "./calls.ts";
import type { ProblemBody } from "../../src/problem.ts";
import type { LogRecord } from "../../src/log.ts";
import { insertApiKey } from "../../src/keys/rows.ts";
import { noProgress } from "../../src/member-edits/job.ts";
import { insertEdits } from "../../src/member-edits/rows.ts";
import { recover } from "../../src/operations/recover.ts";
import { insertOperation } from "../../src/operations/rows.ts";
import { openStore } from "../../src/store/open.ts";

/** A moment that tests agree on, in Unix seconds. */
export const NOW = 1_800_000_000;

/** The API key of every test gateway. */
export const KEY = "canary-api-key-0123456789";

/** The app token of every test gateway. */
export const TOKEN = "canary-app-token-0123456789";

/** A request as tests write it. */
export interface Ask {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** What a test reads of an answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

/** A gateway with everything around it in one process. */
export interface TestGateway {
  readonly log: LogRecord[];
  readonly engine: () => Promise<Engine>;
  readonly routes: () => Promise<Router["routes"]>;
  /** Asks as it is written here, without a key. */
  readonly request: (path: string, init?: RequestInit) => Promise<Response>;
  /** Asks with the API key, with JSON where there is a body, and with a new Idempotency-Key where it posts. */
  readonly ask: (path: string, ask?: Ask) => Promise<Answer>;
}

/** Asks a gateway. A body that is no text is written as JSON. */
export async function askOf(app: Router, path: string, ask: Ask = {}): Promise<Answer> {
  const { method = "GET", body, headers = {}, signal } = ask;
  const written = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
  const type = body === undefined ? {} : { "content-type": "application/json" };
  const key = method === "POST" ? { "idempotency-key": randomUUID() } : {};
  const init: RequestInit = {
    method,
    headers: { authorization: `Bearer ${KEY}`, ...type, ...key, ...headers },
  };
  if (written !== undefined) init.body = written;
  if (signal !== undefined) init.signal = signal;
  const response = await app.request(path, init);
  const text = await response.text();
  const isJson = /[/+]json/.test(response.headers.get("content-type") ?? "");
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson && text !== "" ? JSON.parse(text) : undefined,
  };
}

/** What a test gateway stands on. */
interface Ready {
  readonly app: Router;
  readonly engine: Engine;
}

/** Takes up groups before the first request. */
type Prepare = (engine: Engine) => Promise<void>;

/** A gateway over a client, with a store in memory. It is made with the first request. */
export function gatewayOver(
  client: Client,
  prepare: Prepare = async () => {},
  { stopping, ...options }: Partial<GatewayOptions> & { readonly stopping?: AbortSignal } = {},
): TestGateway {
  const log: LogRecord[] = [];
  let made: Promise<Ready> | undefined;

  async function make(): Promise<Ready> {
    const store = await openStore(":memory:");
    const engine = createEngine({ store, client, instance: "test", now: () => NOW * 1000, stopping });
    await prepare(engine);
    const app = createGateway({
      engine,
      apiKeys: ["another-key", KEY],
      log: (record) => log.push(record),
      metrics: createMetrics(),
      ...options,
    });
    return { app, engine };
  }
  const ready = (): Promise<Ready> => (made ??= make());

  return {
    log,
    engine: async () => (await ready()).engine,
    routes: async () => (await ready()).app.routes,
    request: async (path, init) => (await ready()).app.request(path, init),
    ask: async (path, ask) => askOf((await ready()).app, path, ask),
  };
}

/** Takes up group 20, which has a member. */
export const knowTwenty: Prepare = async ({ store, now }) => {
  const member = {
    address: "a",
    permissions: { send: true, receive: true, publish: true, subscribe: true, list: true },
  };
  const group = {
    gid: 20,
    name: "Twenty",
    flags: normalFlags,
    expiry: 3600,
    expiryext: 0,
    active: true,
    pinned: false,
  };
  const told = { group, members: [member], complete: true };
  await store.write(({ db }) => takeUp(db, { told, at: now() }));
};

const users = ["alice", "bob", "carol", "dave/ops"];

/** Three users, and two groups: 102529 is restricted with two members, 102530 is normal and empty. */
export const seed: Seed = {
  users,
  groups: [
    {
      name: "News",
      flags: { send: "selected", receive: "members", store: true, loopback: false, other: 0, conflicts: [] },
      members: [
        {
          address: "alice",
          permissions: { send: true, receive: true, publish: true, subscribe: true, list: true },
        },
        { address: "bob", permissions: { receive: true } },
      ],
    },
    { name: "Team" },
  ],
};

/** Everything that the mock has, a create whose outcome is unknown, and a list of members that is under way. */
const prepareAll: Prepare = async (engine) => {
  await importAll(engine);
  const { store, now } = engine;
  const begun = {
    id: UNKNOWN_ID,
    kind: "create_group",
    actor: "another",
    requestId: "before",
    key: undefined,
    gid: undefined,
    request: { name: "Lost", flag: 0 },
    instance: "gone",
    at: now(),
  } as const;
  await store.write(({ db }) => insertOperation(db, begun));
  const listed = { gid: 102529, total: 1, in_background: true, continue_on_unknown: false };
  const running = {
    ...begun,
    id: RUNNING_ID,
    kind: "edit_members",
    gid: 102529,
    request: { ...listed, isolation_calls: null },
    instance: "test",
    progress: noProgress(1),
  } as const;
  const pending = { position: 0, address: "carol", permissions: undefined, status: "pending" } as const;
  await store.write(async ({ db }) => {
    await insertOperation(db, running);
    await insertEdits(db, { operation: RUNNING_ID, items: [{ ...pending, problem: undefined }] });
  });
  const key = {
    id: KEY_ID,
    name: "Kept",
    hash: "00".repeat(32),
    scopes: ["groups:read"],
    createdAt: now(),
  } as const;
  const nothing = { old: undefined, groups: undefined, expiresAt: undefined };
  const kept = { ...key, ...nothing, revokedAt: undefined, lastUsedAt: undefined };
  await store.write(({ db }) => insertApiKey(db, kept));
  await recover(engine, { isGone: (id) => id === "gone" });
};

/** A gateway over a mock that knows the app token only, and has more users where they are given. */
export function gatewayOverMock(
  options: Partial<ClientOptions> = {},
  extra: Parameters<typeof gatewayOver>[2] = {},
  more: readonly string[] = [],
): TestGateway & { readonly mock: Mock; readonly client: Client } {
  const mock = createMock({ seed: { ...seed, users: [...users, ...more] }, tokens: [TOKEN], now: () => NOW });
  const client = createClient({ token: TOKEN, url: mock.url, fetch: mock.fetch, ...options });
  return { ...gatewayOver(client, prepareAll, extra), mock, client };
}

/** A gateway over whatever answers, asked once for each call. */
export function gatewayOverFetch(
  fetch: FetchLike,
  extra: Parameters<typeof gatewayOver>[2] = {},
): TestGateway & { readonly sent: () => number } {
  let sent = 0;
  const counting: FetchLike = (url, init) => {
    sent += 1;
    return fetch(url, init);
  };
  // No quiet interval: one client is asked again and again after answers that were lost.
  const client = createClient({
    token: TOKEN,
    url: "http://mesibo.test/",
    fetch: counting,
    retries: 0,
    quietMs: 0,
  });
  return { ...gatewayOver(client, knowTwenty, extra), sent: () => sent };
}

/** An upstream that answers everything with this. */
export const answering =
  (body: unknown, status = 200): FetchLike =>
  async () =>
    new Response(typeof body === "string" ? body : JSON.stringify(body), { status });

/** An upstream whose connections fail with this code. */
export const failing =
  (code: string): FetchLike =>
  async () => {
    throw new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
  };

/** An upstream whose answer ends in the middle. */
export const cut = async (): Promise<Response> =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"result":'));
        controller.error(new Error("socket closed"));
      },
    }),
  );

/** The body of a request to the upstream, as text. */
export function bodyOf({ body }: RequestInit): string {
  if (typeof body !== "string") throw new Error("the client sends text");
  return body;
}

/** The problem in an answer. */
export function problemIn({ json, headers }: Answer): ProblemBody {
  if (headers.get("content-type") !== "application/problem+json") throw new Error("no problem");
  return json as ProblemBody;
}
