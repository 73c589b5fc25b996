import type { OpName } from "../domain/requests.ts";
import type { Dialect } from "../wire/encode.ts";
import type { Outcome } from "./errors/mesibo-error.ts";
import type { RefusedError } from "./errors/refused-error.ts";
import type { FetchLike } from "./fetch-like.ts";
import { atLeast, readPolicy, type PolicyOptions, type PolicySettings } from "./policy/options.ts";

/**
 * mesibo's backend API (D2, DT).
 *
 * @example
 * ```ts
 * import { MESIBO_URL } from "@mesibo-groups/core";
 *
 * console.assert(MESIBO_URL.startsWith("https://api.mesibo.com/"));
 * ```
 */
export const MESIBO_URL = "https://api.mesibo.com/backend/";

/** One finished request, for inspectors and logs. Holds no app token and no user token. */
export interface CallRecord {
  readonly op: OpName;
  /** 1 for the first request of an operation, 2 for its first repetition. */
  readonly attempt: number;
  readonly url: string;
  /** Undefined for mesibo, which takes `POST` alone. */
  readonly method?: string | undefined;
  readonly contentType: string;
  /** The body as sent, with `$MESIBO_APP_TOKEN` in the token's place. */
  readonly body: string;
  /** Unix milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** Milliseconds before that in which it waited for a place among the requests in flight. */
  readonly waitedMs: number;
  readonly outcome: Outcome;
  /** HTTP status of the answer, where one came. */
  readonly status: number | undefined;
  /** The answer's text with every token masked, where one came. At most 64 KiB. */
  readonly answer: string | undefined;
}

/** How a client is made. */
export interface ClientOptions extends PolicyOptions {
  /** The app token: 1 to 256 visible ASCII characters. Kept in a closure, sent in the body only. */
  readonly token: string;
  /** Default: {@link MESIBO_URL}. */
  readonly url?: string | undefined;
  /** `json` is v2's nested body, `form` the flat parameters of v1. Default: `json`. */
  readonly dialect?: Dialect | undefined;
  /** Default: the global `fetch`. */
  readonly fetch?: FetchLike | undefined;
  /** Milliseconds for one request. Default: 10000. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds for a whole operation, waiting and repetitions included. Default: 30000. */
  readonly deadlineMs?: number | undefined;
  /** How often a request that is safe to repeat is repeated. Default: 2. */
  readonly retries?: number | undefined;
  /** Called after each request. What it throws is ignored. */
  readonly onCall?: ((record: CallRecord) => void) | undefined;
  /**
   * Called with the refusal that stops this client, before the call that met it ends. What it throws is ignored.
   */
  readonly onLatch?: ((refusal: RefusedError) => void) | undefined;
  /** The refusal that stopped an earlier client with the same token: this one starts stopped. */
  readonly latched?: RefusedError | undefined;
}

/** What one call can be given. */
export interface CallOptions {
  /** Stops the operation: before it is sent nothing happens, later its outcome is unknown. */
  readonly signal?: AbortSignal | undefined;
  /** Write contradictory flag bits as they are. Default: false, a `ValidationError`. */
  readonly keepConflicts?: boolean | undefined;
  /**
   * Through a gateway: the `Idempotency-Key` of a change, to repeat it later as the same one. Default: a new UUID
   * for each call. A list of members goes out in several requests, and each has a key made of this one.
   */
  readonly idempotencyKey?: string | undefined;
  /**
   * Calls that may be spent on finding the addresses at fault in refused batches of members.
   * Default: 64, or 16 for each batch where that is more.
   */
  readonly isolationCalls?: number | undefined;
  /**
   * Awaited once, right before the first byte may leave: the place to write down what is about to be asked for.
   * Not called where nothing is sent. When it throws, nothing is sent and the call throws the same.
   */
  readonly beforeSend?: (() => Promise<void>) | undefined;
  /**
   * Who asks, where a service makes calls for several: while all places are taken, callers are served in turn, and
   * one with many calls does not keep another one's single call waiting, or out. Default: all calls are of one caller.
   */
  readonly caller?: string | undefined;
}

/** A client's options with every default filled in, without the token. */
export interface Settings {
  readonly url: string;
  readonly dialect: Dialect;
  readonly fetch: FetchLike;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly retries: number;
  readonly onCall: ((record: CallRecord) => void) | undefined;
  readonly onLatch: ((refusal: RefusedError) => void) | undefined;
  readonly policy: PolicySettings;
}

function checkToken(token: unknown): void {
  if (typeof token !== "string" || !/^[\u0021-\u007e]{1,256}$/.test(token)) {
    // The value stays out of the message: it may be a token with a line break behind it.
    throw new TypeError(
      "createClient: token must be 1 to 256 visible ASCII characters, without spaces or line breaks.",
    );
  }
}

/** Throws `TypeError` for a URL that is not plain http or https. */
export function checkUrl(url: string): URL {
  if (!URL.canParse(url)) throw new TypeError("createClient: url must be an absolute http or https URL.");
  const parsed = new URL(url);
  if (parsed.protocol !== "https:" && parsed.protocol !== "http:") {
    throw new TypeError(`createClient: url must be http or https, not ${parsed.protocol}`);
  }
  if (parsed.username !== "" || parsed.password !== "" || parsed.search !== "" || parsed.hash !== "") {
    throw new TypeError(
      "createClient: url must hold no user, password, query or fragment; secrets have no place in it.",
    );
  }
  return parsed;
}

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

// A page hands its secrets to whoever opens it, so only a mock on the same machine may be called from one.
/** Throws `TypeError` in a web page, unless the URL is on localhost. */
export function refusePage(
  url: URL,
  secret = "an app token has no place in a web page. Call a gateway",
): void {
  const inPage = "window" in globalThis && "document" in globalThis;
  if (inPage && !loopback.test(url.hostname)) {
    throw new TypeError(`createClient: ${secret}, or a mock on localhost.`);
  }
}

/** The options checked and completed. Throws `TypeError` naming the option that is wrong. */
export function readOptions(options: ClientOptions): Settings {
  checkToken(options.token);
  const url = options.url ?? MESIBO_URL;
  refusePage(checkUrl(url));
  const timeoutMs = atLeast("timeoutMs", options.timeoutMs ?? 10_000, 1);
  return {
    url,
    dialect: options.dialect ?? "json",
    fetch: options.fetch ?? ((target, init) => globalThis.fetch(target, init)),
    timeoutMs,
    deadlineMs: atLeast("deadlineMs", options.deadlineMs ?? 30_000, 1),
    retries: atLeast("retries", options.retries ?? 2, 0),
    onCall: options.onCall,
    onLatch: options.onLatch,
    policy: readPolicy(options, { maxInFlight: 8, quietMs: 2 * timeoutMs }),
  };
}
