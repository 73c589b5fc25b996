import { createClient, type CallRecord, type Client, type ClientOptions } from "../../../src/index.ts";

/** The token that must never be seen. It holds characters that JSON and URLs write differently. */
export const CANARY = 'canary/4711"token\\never+seen&';

/** What a scripted server does with one request. */
export type Step =
  | { readonly kind: "answer"; readonly body: unknown; readonly status?: number }
  | { readonly kind: "text"; readonly text: string; readonly status?: number }
  | { readonly kind: "throw"; readonly error: unknown }
  | { readonly kind: "silent" };

/** A request as the script saw it. */
export interface SeenRequest {
  readonly url: string;
  readonly init: RequestInit;
  readonly params: URLSearchParams;
}

export const done = (payload: object = {}): Step => ({
  kind: "answer",
  body: { ...payload, op: "x", result: true },
});
export const refuse = (error: string, more: object = {}): Step => ({
  kind: "answer",
  body: { error, ...more, op: "x", result: false },
});
export const html: Step = { kind: "text", text: "<html>Bad Gateway</html>", status: 502 };
export const silent: Step = { kind: "silent" };

/** The error that `fetch` throws with this cause. */
export const failed = (cause: object): Step => ({
  kind: "throw",
  error: new TypeError("fetch failed", { cause: Object.assign(new Error("cause"), cause) }),
});
export const refusedConnection = failed({ code: "ECONNREFUSED", syscall: "connect" });
export const cutConnection = failed({ code: "UND_ERR_SOCKET" });

/** The body of a request of ours, which is always a text. */
export const bodyOf = ({ body }: RequestInit): string => (typeof body === "string" ? body : "");

/** A `fetch` that follows a script; the last step goes on for ever. */
export function scripted(...steps: readonly Step[]) {
  const requests: SeenRequest[] = [];
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    const step = steps[Math.min(requests.length, steps.length - 1)];
    requests.push({ url, init, params: new URLSearchParams(bodyOf(init)) });
    if (step === undefined || step.kind === "silent") return new Promise(() => {});
    if (step.kind === "throw") throw step.error;
    const text = step.kind === "text" ? step.text : JSON.stringify(step.body);
    return Promise.resolve(new Response(text, { status: step.status ?? 200 }));
  };
  return { fetch, requests };
}

/** Everything that clients of this test file gave away; searched for the canary at the end. */
export const seen: unknown[] = [];

/** A client of a script. */
export function clientOf(fetch: ClientOptions["fetch"], options: Partial<ClientOptions> = {}): Client {
  const onCall = (record: CallRecord): unknown => {
    seen.push(record);
    return options.onCall?.(record);
  };
  const client = createClient({
    token: CANARY,
    url: "http://127.0.0.1:1/backend/",
    dialect: "form",
    fetch,
    ...options,
    onCall,
  });
  seen.push(client);
  return client;
}

/** The facts of the error that a promise rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await promise;
  } catch (error) {
    seen.push(
      error,
      JSON.stringify(error),
      error instanceof Error ? [error.message, error.stack] : undefined,
    );
    return { ...(error as object), message: (error as Error).message };
  }
  throw new Error("it was done");
}
