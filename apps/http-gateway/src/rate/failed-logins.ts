import { ProblemError } from "../problem.ts";
import { memoryCells } from "./cells.ts";

/** Notes a request without a valid key. Answers the problem of one too many from the same source. */
export type FailedLogin = (source: string | undefined) => Promise<ProblemError | undefined>;

/** What failed logins are counted with. */
export interface FailedLoginOptions {
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Told of each one. `limited`: it was one too many. */
  readonly onFailed?: ((limited: boolean) => void) | undefined;
}

const LIMIT = { perMinute: 60, burst: 20 };
const POLICY = "failed-logins";

/**
 * Lets each source fail 20 times at once and once a second. A valid key always opens, so that nobody can keep
 * others out who come from the same address. Each process counts for itself, and keeps no source for longer than
 * a minute after its last failure counts.
 */
export function createFailedLogins({ now, onFailed }: FailedLoginOptions): FailedLogin {
  const cells = memoryCells(LIMIT);

  return async (source) => {
    // In one process there is no connection, and nobody to keep away.
    const taken = source === undefined ? undefined : await cells.take(source, now());
    const limited = taken?.allowed === false;
    onFailed?.(limited);
    if (taken === undefined || !limited) return undefined;
    const wait = Math.max(1, Math.ceil(taken.retryMs / 1000));
    return new ProblemError("quota-exceeded", {
      detail: `Too many requests from this address had no valid API key. Try again in ${wait} s, with one.`,
      members: { "violated-policies": [POLICY] },
      headers: { "retry-after": String(wait) },
    });
  };
}
