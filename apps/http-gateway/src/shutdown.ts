import type { MiddlewareHandler } from "hono";
import type { GatewayEnv } from "./environment.ts";
import { ProblemError } from "./problem.ts";

/** The problem of a request that comes, or would call mesibo, while the gateway ends. */
export const drainingProblem = (): ProblemError =>
  new ProblemError("draining", {
    detail: "This gateway is ending, and nothing was sent. Send the request again: another one answers.",
    headers: { "retry-after": "1" },
  });

/** Has connections closed behind their answers while the gateway ends. */
export function closeWhileStopping(stopping: AbortSignal): MiddlewareHandler<GatewayEnv> {
  return async function closeWhileStopping(c, next) {
    await next();
    if (stopping.aborted) c.header("connection", "close");
  };
}

/** Refuses what comes while the gateway ends. */
export function refuseWhileStopping(stopping: AbortSignal): MiddlewareHandler<GatewayEnv> {
  return async function refuseWhileStopping(_, next) {
    if (stopping.aborted) throw drainingProblem();
    await next();
  };
}
