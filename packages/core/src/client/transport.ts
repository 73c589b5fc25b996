import { deferred } from "./deferred.ts";
import type { FetchAnswer, FetchLike } from "./fetch-like.ts";

/** What came back over HTTP. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** An exchange that brought no answer, or none that mesibo would give. */
export interface Failed {
  readonly kind: "failed";
  readonly sent: "no" | "maybe" | "yes";
  readonly reason: string;
  /** True when something came back that mesibo would not say. */
  readonly protocol: boolean;
}

/** An exchange to make. */
export interface ExchangeRequest<T> {
  readonly fetch: FetchLike;
  readonly url: string;
  /** Default: `POST`. */
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly contentType?: string | undefined;
  readonly body?: string | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Called in the moment an answer is whole, also when it comes too late to count. */
  readonly read: (answer: Answer) => T;
}

/** The longest answer that is read: 16 MiB, a list of some 100,000 members. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

// These prove that no byte of the request left: measured on Node 22 and 24, see the table in the tests.
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

function field(value: unknown, name: string): unknown {
  try {
    return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  } catch {
    // Whatever a `fetch` throws may be read, even what throws when it is read.
    return undefined;
  }
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

// What failed, where it says so. A connection that was there ends with the same codes once the way to its host is gone,
// but then it is `read` or `write` that failed, and the request may have arrived.
const beforeConnection = new Set(["", "connect", "getaddrinfo"]);

function nothingLeft(cause: unknown): boolean {
  const syscall = text(field(cause, "syscall"));
  if (!beforeConnection.has(syscall)) return false;
  const message = text(field(cause, "message"));
  return (
    neverConnected.has(text(field(cause, "code"))) ||
    syscall === "connect" ||
    message.includes("before secure TLS connection") ||
    // The fetch standard's own list of ports: refused before any connection.
    message === "bad port"
  );
}

/** Whether a failed `fetch` may have sent anything, and a short reason without any data of the request. */
function classifyFailure(error: unknown): { readonly sent: "no" | "maybe"; readonly reason: string } {
  const cause = field(error, "cause") ?? error;
  // A name with several addresses fails with one error for each.
  const several = field(cause, "errors");
  const causes: readonly unknown[] = Array.isArray(several) && several.length > 0 ? several : [cause];
  const code = text(field(cause, "code"));
  return {
    sent: causes.every(nothingLeft) ? "no" : "maybe",
    reason: /^[\w/-]{1,60}$/.test(code) ? code : "network failure",
  };
}

async function readText(response: FetchAnswer): Promise<string | undefined> {
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
      // Not waited for: a body that minds nobody must not keep the caller.
      reader.cancel().catch(() => {});
      return undefined;
    }
    whole += decoder.decode(value, { stream: true });
  }
}

const failed = (sent: "maybe" | "yes", reason: string, protocol = false): Failed => ({
  kind: "failed",
  sent,
  reason,
  protocol,
});

async function sendAndRead<T>(request: ExchangeRequest<T>, signal: AbortSignal): Promise<T | Failed> {
  const { method = "POST", headers, contentType, body } = request;
  let response: FetchAnswer;
  try {
    response = await request.fetch(request.url, {
      method,
      headers: {
        ...(contentType === undefined ? {} : { "content-type": contentType }),
        accept: "application/json",
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
      redirect: "manual",
      signal,
    });
  } catch (error) {
    return { kind: "failed", ...classifyFailure(error), protocol: false };
  }
  let whole: string | undefined;
  try {
    whole = await readText(response);
  } catch {
    return failed("yes", "answer cut");
  }
  return whole === undefined
    ? failed("yes", "answer over 16 MiB", true)
    : request.read({ status: response.status, text: whole });
}

/**
 * Sends a request and reads the answer. Never throws. Ends when the time or the caller's signal says so, even
 * when the given `fetch` ignores signals.
 */
export async function exchange<T>(request: ExchangeRequest<T>): Promise<T | Failed> {
  const controller = new AbortController();
  const { promise: ended, resolve: settle } = deferred<Failed>();
  const stop = (reason: "timeout" | "aborted") => () => {
    settle(failed("maybe", reason));
    controller.abort();
  };
  const onAbort = stop("aborted");
  const timer = setTimeout(stop("timeout"), request.timeoutMs);
  request.signal?.addEventListener("abort", onAbort, { once: true });
  try {
    return await Promise.race([sendAndRead(request, controller.signal), ended]);
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener("abort", onAbort);
  }
}
