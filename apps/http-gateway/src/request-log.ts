import type { MiddlewareHandler } from "hono";
import type { GatewayEnv } from "./environment.ts";
import { writeRecord, type Log } from "./log.ts";
import type { RouteTable } from "./route-table.ts";
import { inSpan } from "./tracing/request-span.ts";
import { traceIdOf } from "./tracing/trace-id.ts";

// Any method name may come; only those that exist are written down.
const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Finds the trace that a request is part of, makes the request a span of it, and logs it once it is answered. */
export function logRequests(log: Log | undefined, table: RouteTable): MiddlewareHandler<GatewayEnv> {
  return async function logRequests(c, next) {
    const from = performance.now();
    const method = methods.has(c.req.method) ? c.req.method : "other";
    const route = table(c.req.path)?.template;
    const traceparent = c.req.header("traceparent");
    const traceId = traceIdOf(traceparent);
    c.set("traceId", traceId);
    await inSpan({ method, route: route ?? "unknown", traceparent }, next, () => ({
      status: c.res.status,
      problem: c.var.problem,
    }));
    writeRecord(log, {
      event: "request",
      time: new Date().toISOString(),
      request_id: c.var.requestId,
      trace_id: traceId ?? null,
      method,
      route: route ?? null,
      status: c.res.status,
      problem: c.var.problem ?? null,
      duration_ms: Math.round((performance.now() - from) * 10) / 10,
      client: c.env?.source ?? null,
    });
  };
}
