import type { MiddlewareHandler } from "hono";
import type { RateLimit } from "../config-operations.ts";
import type { GatewayEnv } from "../environment.ts";
import { ProblemError } from "../problem.ts";
import type { RateCells } from "./cells.ts";

/** What a limit is made of. */
export interface LimitOptions extends RateLimit {
  readonly cells: RateCells;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly onDenied?: (() => void) | undefined;
}

const POLICY = "requests";

const seconds = (milliseconds: number): number => Math.ceil(milliseconds / 1000);

/**
 * Lets each API key ask so often and no more, and says in every answer how often it still may
 * (draft-ietf-httpapi-ratelimit-headers).
 */
export function limitRate({
  cells,
  perMinute,
  burst,
  now,
  onDenied,
}: LimitOptions): MiddlewareHandler<GatewayEnv> {
  const policy = `"${POLICY}";q=${burst};w=${seconds((60_000 / perMinute) * burst)}`;

  return async function limitRate(c, next) {
    const { allowed, remaining, retryMs, fullMs } = await cells.take(c.var.actor.id, now());
    const headers = {
      "ratelimit-policy": policy,
      ratelimit: `"${POLICY}";r=${remaining};t=${seconds(fullMs)}`,
    };
    if (!allowed) {
      onDenied?.();
      const wait = Math.max(1, seconds(retryMs));
      throw new ProblemError("quota-exceeded", {
        detail: `This API key may make ${perMinute} requests in a minute, ${burst} of them at once. Try again in ${wait} s.`,
        members: { "violated-policies": [POLICY] },
        headers: { ...headers, "retry-after": String(wait) },
      });
    }
    for (const [name, value] of Object.entries(headers)) c.header(name, value);
    await next();
  };
}
