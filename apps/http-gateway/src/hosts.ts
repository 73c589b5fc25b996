import type { MiddlewareHandler } from "hono";
import type { GatewayEnv } from "./environment.ts";
import { ProblemError } from "./problem.ts";

// Probes come by the address of a container, and these tell nothing.
const open = new Set(["/livez", "/readyz"]);

/** Answers only requests for these names. A page that made its own name lead here gets nothing (DNS rebinding). */
export function allowHosts(names: readonly string[]): MiddlewareHandler<GatewayEnv> {
  const allowed = new Set(names);

  return async function allowHosts(c, next) {
    const { hostname, pathname } = new URL(c.req.url);
    if (!allowed.has(hostname.toLowerCase()) && !open.has(pathname)) {
      throw new ProblemError("host-not-allowed", {
        detail:
          "The header Host names a host that this gateway does not answer for. ALLOWED_HOSTS lists them.",
      });
    }
    await next();
  };
}
