import type { MiddlewareHandler } from "hono";
import type { GatewayEnv } from "./environment.ts";

/** Gives each request an id: the caller's own where it is harmless in a log and a header, else a new one. */
export const giveRequestId: MiddlewareHandler<GatewayEnv> = async function giveRequestId(c, next) {
  const asked = c.req.header("x-request-id") ?? "";
  const id = /^[\w-]{1,64}$/.test(asked) ? asked : crypto.randomUUID();
  c.set("requestId", id);
  c.header("x-request-id", id);
  await next();
};
