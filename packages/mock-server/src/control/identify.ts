import type { MiddlewareHandler } from "hono";
import type { Instance } from "../instance.ts";

/** Puts into every answer who answers, so that a test can tell a stale mock from its own. */
export function identify({ build, instance, seed }: Instance): MiddlewareHandler {
  return async function identify(c, next) {
    await next();
    c.res.headers.set("x-mock-build", build);
    c.res.headers.set("x-mock-instance", instance);
    c.res.headers.set("x-mock-seed", seed);
  };
}
