import { createHash, timingSafeEqual } from "node:crypto";
import { createRoute, z } from "@hono/zod-openapi";
import type { Router } from "../environment.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Engine } from "../operations/engine.ts";
import { ProblemError } from "../problem.ts";
import { openRoute, problemResponses } from "../responses.ts";
import { createRouter } from "../router.ts";

const read = createRoute({
  method: "get",
  path: "/metrics",
  operationId: "getMetrics",
  tags: ["health"],
  summary: "Counters for Prometheus",
  description: "Where METRICS_TOKEN is set, it is wanted as the Bearer token.",
  responses: {
    200: { description: "Prometheus text", content: { "text/plain": { schema: z.string() } } },
    ...problemResponses(...openRoute, "unauthenticated", "store-unavailable"),
  },
});

const sha256 = (text: string): Buffer => createHash("sha256").update(text).digest();

/** What metrics are shown from. */
export interface MetricsOptions {
  readonly engine: Engine;
  readonly metrics: Metrics;
  /** Undefined: open. */
  readonly token: string | undefined;
}

/** The route of the metrics. */
export function metricsRoute({ engine, metrics, token }: MetricsOptions): Router {
  const router = createRouter();
  const wanted = token === undefined ? undefined : sha256(token);

  router.openapi(read, async (c) => {
    const given = /^Bearer +([\u0021-\u007e]+)$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
    if (wanted !== undefined && !timingSafeEqual(sha256(given), wanted)) {
      throw new ProblemError("unauthenticated", {
        detail: "Send the header Authorization: Bearer <token> with the METRICS_TOKEN.",
        headers: { "www-authenticate": 'Bearer realm="mesibo-gateway metrics"' },
      });
    }
    return c.text(await metrics.render(engine), 200, {
      "content-type": "text/plain; version=0.0.4; charset=utf-8",
    });
  });

  return router;
}
