import { createClient, type Client, type ClientOptions, type FetchLike } from "@mesibo-groups/core";
import { createMock, type Mock, type Seed } from "@mesibo-groups/mock-server";
import { createGateway } from "../../src/gateway.ts";
import type { ProblemBody } from "../../src/problem.ts";
import type { LogRecord } from "../../src/request-log.ts";
import type { Router } from "../../src/environment.ts";

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
  readonly app: Router;
  readonly log: LogRecord[];
  /** Asks with the API key, and with JSON where there is a body. */
  readonly ask: (path: string, ask?: Ask) => Promise<Answer>;
}

/** Asks a gateway. A body that is no text is written as JSON. */
export async function askOf(app: Router, path: string, ask: Ask = {}): Promise<Answer> {
  const { method = "GET", body, headers = {}, signal } = ask;
  const written = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
  const type = body === undefined ? {} : { "content-type": "application/json" };
  const init: RequestInit = { method, headers: { authorization: `Bearer ${KEY}`, ...type, ...headers } };
  if (written !== undefined) init.body = written;
  if (signal !== undefined) init.signal = signal;
  const response = await app.request(path, init);
  const text = await response.text();
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson && text !== "" ? JSON.parse(text) : undefined,
  };
}

/** A gateway over a client. */
export function gatewayOver(client: Client): TestGateway {
  const log: LogRecord[] = [];
  const app = createGateway({ client, apiKeys: ["another-key", KEY], log: (record) => log.push(record) });
  return { app, log, ask: (path, ask) => askOf(app, path, ask) };
}

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

/** A gateway over a mock that knows the app token only. */
export function gatewayOverMock(options: Partial<ClientOptions> = {}): TestGateway & { readonly mock: Mock } {
  const mock = createMock({ seed, tokens: [TOKEN], now: () => NOW });
  const client = createClient({ token: TOKEN, url: mock.url, fetch: mock.fetch, ...options });
  return { ...gatewayOver(client), mock };
}

/** A gateway over whatever answers, asked once for each call. */
export function gatewayOverFetch(fetch: FetchLike): TestGateway & { readonly sent: () => number } {
  let sent = 0;
  const counting: FetchLike = (url, init) => {
    sent += 1;
    return fetch(url, init);
  };
  const client = createClient({ token: TOKEN, url: "http://mesibo.test/", fetch: counting, retries: 0 });
  return { ...gatewayOver(client), sent: () => sent };
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
export const cut: FetchLike = async () =>
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
