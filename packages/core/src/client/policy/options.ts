/** How much a client asks for at once, and when it holds back. */
export interface PolicyOptions {
  /** Requests that may be under way at once. Default: 8; through a gateway, which has a bound of its own, none. */
  readonly maxInFlight?: number | undefined;
  /** Calls that may wait for one of these places; one more is not sent. Default: no bound but their deadlines. */
  readonly maxQueued?: number | undefined;
  /** Milliseconds that a call may wait for a place. Default: until its deadline. */
  readonly queueWaitMs?: number | undefined;
  /**
   * Milliseconds in which a group is not changed again after a change whose outcome is unknown: the lost request
   * may still be on its way, and must not undo a later one. 0 is never. Default: twice `timeoutMs`; through a
   * gateway, which sees to that, 0.
   */
  readonly quietMs?: number | undefined;
  /**
   * Whether to hold back while nothing comes through: from half of at least 20 requests in 30 seconds that brought
   * no answer on, nothing is sent for 10 seconds, and then one request that does no harm. A refusal is an answer.
   * Default: true.
   */
  readonly breaker?: boolean | undefined;
}

/** A policy with every default filled in; what has no bound is infinite. */
export interface PolicySettings {
  readonly maxInFlight: number;
  readonly maxQueued: number;
  readonly queueWaitMs: number;
  readonly quietMs: number;
  readonly breaker: boolean;
}

const NONE = Number.POSITIVE_INFINITY;

/** Throws `TypeError` unless a number is whole and large enough. */
export function atLeast(name: string, value: number, minimum: number): number {
  if (Number.isInteger(value) && value >= minimum) return value;
  throw new TypeError(
    `createClient: ${name} must be a whole number of at least ${minimum}, not ${String(value)}.`,
  );
}

/** The policy checked and completed. Throws `TypeError` naming the option that is wrong. */
export function readPolicy(
  { maxInFlight, maxQueued, queueWaitMs, quietMs, breaker = true }: PolicyOptions,
  defaults: Pick<PolicySettings, "maxInFlight" | "quietMs">,
): PolicySettings {
  const read = (name: keyof PolicyOptions, value: number | undefined, [least, fallback]: [number, number]) =>
    value === undefined ? fallback : atLeast(name, value, least);
  return {
    maxInFlight: read("maxInFlight", maxInFlight, [1, defaults.maxInFlight]),
    maxQueued: read("maxQueued", maxQueued, [0, NONE]),
    queueWaitMs: read("queueWaitMs", queueWaitMs, [0, NONE]),
    quietMs: read("quietMs", quietMs, [0, defaults.quietMs]),
    breaker,
  };
}
