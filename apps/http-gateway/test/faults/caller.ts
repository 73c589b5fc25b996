import { Agent, request, type OutgoingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { KEY } from "../support/gateway.ts";
import type { ProblemBody } from "../../src/problem.ts";
import { between, pick, type Random } from "./random.ts";

/** A request of a client. */
export interface Question {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  /** Its Idempotency-Key. */
  readonly key?: string;
  /** Whether it would rather not wait for the end. */
  readonly respondAsync?: boolean;
}

/** What a client was told in the end. */
export type Told =
  | { readonly kind: "done"; readonly status: number; readonly body: unknown }
  | { readonly kind: "refused"; readonly status: number; readonly problem: ProblemBody }
  | { readonly kind: "unknown"; readonly operation: string };

/** A client that repeats a question as it was until it is told something that is final. */
export type Caller = (question: Question) => Promise<Told>;

const PATIENCE_MS = 2_000;
/** A busy machine may need long for a list, and says meanwhile that it is under way. */
const GIVE_UP_MS = 120_000;

// Kept connections are what some of the faults strike.
const agent = new Agent({ keepAlive: true });

/** What an answer says, or undefined where it says: again. */
function told(status: number, text: string): Told | undefined {
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  if (status < 400) return { kind: "done", status, body };
  const problem = body as ProblemBody;
  if (status === 500) throw new Error(`the gateway has a mistake: ${text}`);
  if (problem.may_have_happened === true) {
    if (problem.operation === undefined) throw new Error(`no way to the operation: ${text}`);
    return { kind: "unknown", operation: problem.operation };
  }
  return problem.retryable ? undefined : { kind: "refused", status, problem };
}

/** Asks once. Undefined where no whole answer comes. */
function exchange(
  url: URL,
  {
    method,
    headers,
    body,
  }: { readonly method: string; readonly headers: OutgoingHttpHeaders; readonly body: string },
): Promise<{ readonly status: number; readonly text: string } | undefined> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const length = body === "" ? {} : { "content-length": Buffer.byteLength(body) };
    const asked = request(url, { method, agent, signal, headers: { ...headers, ...length } }, (answer) => {
      text(answer).then(
        (text) => resolve(answer.complete ? { status: answer.statusCode ?? 0, text } : undefined),
        () => resolve(undefined),
      );
    });
    asked.on("error", () => resolve(undefined));
    asked.end(body);
  });
}

/** Makes a client that asks any of these gateways, as a client behind a load balancer does. */
export function createCaller(urls: readonly string[], random: Random): Caller {
  return async ({ method, path, body, key, respondAsync = false }) => {
    const until = performance.now() + GIVE_UP_MS;
    while (performance.now() < until) {
      const headers: Record<string, string> = { authorization: `Bearer ${KEY}` };
      if (key !== undefined) headers["idempotency-key"] = key;
      if (respondAsync) headers["prefer"] = "respond-async";
      if (body !== undefined) headers["content-type"] = "application/json";
      const url = new URL(path, pick(random, urls));
      const answer = await exchange(url, {
        method,
        headers,
        body: body === undefined ? "" : JSON.stringify(body),
      });
      const final = answer === undefined ? undefined : told(answer.status, answer.text);
      if (final !== undefined) return final;
      await pause(between(random, 5, 40));
    }
    throw new Error(`${method} ${path} was never answered`);
  };
}
