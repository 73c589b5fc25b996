import { checkUrl, refusePage, type ClientOptions } from "../options.ts";
import { atLeast, readPolicy, type PolicyOptions, type PolicySettings } from "../policy/options.ts";

/** How a client of a gateway is made. */
export interface GatewayOptions
  extends PolicyOptions, Pick<ClientOptions, "fetch" | "deadlineMs" | "retries" | "onCall" | "onLatch"> {
  readonly gateway: {
    /** Where the gateway answers. A `/v1` at its end, as in the URLs of its document, is no part of it. */
    readonly url: string;
    /** An API key of it: 1 to 256 visible ASCII characters. Kept in a closure, sent in the header only. */
    readonly key: string;
  };
  /** Milliseconds for one request. Default: 25000, longer than a gateway waits for mesibo. */
  readonly timeoutMs?: number | undefined;
}

/** A gateway's options with every default filled in, without the key. */
export interface GatewaySettings extends Required<Pick<ClientOptions, "fetch" | "onCall" | "onLatch">> {
  readonly fetch: NonNullable<ClientOptions["fetch"]>;
  /** Ends in `/v1`. */
  readonly url: string;
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly retries: number;
  readonly policy: PolicySettings;
}

/** The options checked and completed. Throws `TypeError` naming the option that is wrong. */
export function readGatewayOptions(options: GatewayOptions): GatewaySettings {
  const { url, key } = options.gateway;
  if (typeof key !== "string" || !/^[\u0021-\u007e]{1,256}$/.test(key)) {
    throw new TypeError("createClient: gateway.key must be 1 to 256 visible ASCII characters.");
  }
  refusePage(checkUrl(url), "an API key has no place in a web page. Call your own service");
  return {
    url: `${url.replace(/(?:\/+v1)?\/*$/, "")}/v1`,
    fetch: options.fetch ?? ((target, init) => globalThis.fetch(target, init)),
    timeoutMs: atLeast("timeoutMs", options.timeoutMs ?? 25_000, 1),
    deadlineMs: atLeast("deadlineMs", options.deadlineMs ?? 30_000, 1),
    retries: atLeast("retries", options.retries ?? 2, 0),
    onCall: options.onCall,
    onLatch: options.onLatch,
    policy: readPolicy(options, { maxInFlight: Number.POSITIVE_INFINITY, quietMs: 0 }),
  };
}
