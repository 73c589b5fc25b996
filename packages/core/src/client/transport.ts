import { deferred } from "./deferred.ts";
import type { FetchLike } from "./options.ts";

/** What one HTTP exchange came to. */
export type Exchange =
  | { readonly kind: "answer"; readonly status: number; readonly text: string }
  | {
      readonly kind: "failed";
      readonly sent: "no" | "maybe" | "yes";
      readonly reason: string;
      /** True when something came back that mesibo would not say. */
      readonly protocol: boolean;
    };

/** An exchange to make. */
export interface ExchangeRequest {
  readonly fetch: FetchLike;
  readonly url: string;
  readonly contentType: string;
  readonly body: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

/** The longest answer that is read: 4 MiB. */
export const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

// Only these prove that no byte of the request left: measured on Node 22 and 24, see the table in the tests.
const neverConnected = new Set([
  "ENOTFOUND",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  // Bun's spelling of ECONNREFUSED.
  "ConnectionRefused",
]);

const field = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Whether a failed `fetch` may have sent anything, and a short reason without any data of the request. */
export function classifyFailure(error: unknown): { readonly sent: "no" | "maybe"; readonly reason: string } {
  const cause = field(error, "cause") ?? error;
  const code = text(field(cause, "code"));
  const connecting = code === "ECONNRESET" && field(cause, "syscall") === "connect";
  const handshake =
    code === "ECONNRESET" && text(field(cause, "message")).includes("before secure TLS connection");
  const sent = neverConnected.has(code) || connecting || handshake ? "no" : "maybe";
  return { sent, reason: /^[\w-]{1,60}$/.test(code) ? code : "network failure" };
}

async function readText(response: Response): Promise<string | undefined> {
  if (response.body === null) return "";
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  let bytes = 0;
  let whole = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return whole + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MAX_ANSWER_BYTES) {
      await reader.cancel();
      return undefined;
    }
    whole += decoder.decode(value, { stream: true });
  }
}

async function send(request: ExchangeRequest, signal: AbortSignal): Promise<Exchange> {
  let response: Response;
  try {
    response = await request.fetch(request.url, {
      method: "POST",
      headers: { "content-type": request.contentType, accept: "application/json" },
      body: request.body,
      // A followed redirect would hand the token to another host.
      redirect: "manual",
      signal,
    });
  } catch (error) {
    return { kind: "failed", ...classifyFailure(error), protocol: false };
  }
  try {
    const answer = await readText(response);
    if (answer === undefined)
      return { kind: "failed", sent: "yes", reason: "answer over 4 MiB", protocol: true };
    return { kind: "answer", status: response.status, text: answer };
  } catch {
    return { kind: "failed", sent: "yes", reason: "answer cut", protocol: false };
  }
}

/**
 * POSTs a body and reads the answer. Never throws. Ends when the time or the caller's signal says so, even
 * when the given `fetch` ignores signals.
 */
export async function exchange(request: ExchangeRequest): Promise<Exchange> {
  const controller = new AbortController();
  const { promise: ended, resolve: settle } = deferred<Exchange>();
  const stop = (reason: "timeout" | "aborted") => () => {
    settle({ kind: "failed", sent: "maybe", reason, protocol: false });
    controller.abort();
  };
  const onAbort = stop("aborted");
  const timer = setTimeout(stop("timeout"), request.timeoutMs);
  request.signal?.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([send(request, controller.signal), ended]);
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener("abort", onAbort);
  }
}
