import { createRoute, z } from "@hono/zod-openapi";
import type { Client } from "@mesibo-groups/core";
import type { Router } from "../environment.ts";
import { jsonResponse, problemResponses } from "../responses.ts";
import { createRouter } from "../router.ts";
import { latchedProblem } from "../upstream-problem.ts";

const tags = ["health"];

const alive = createRoute({
  method: "get",
  path: "/livez",
  operationId: "getLiveness",
  tags,
  summary: "Whether the process answers",
  responses: {
    200: jsonResponse("It does", z.object({ status: z.literal("alive") })),
    ...problemResponses("not-acceptable", "internal"),
  },
});

const ready = createRoute({
  method: "get",
  path: "/readyz",
  operationId: "getReadiness",
  tags,
  summary: "Whether the gateway would call mesibo",
  description: "From what the gateway knows; mesibo is not called.",
  responses: {
    200: jsonResponse("It would", z.object({ status: z.literal("ready") })),
    ...problemResponses("not-acceptable", "internal", "upstream-latched"),
  },
});

/** The routes that watch over the process. They need no key and tell nothing about groups. */
export function healthRoutes(client: Client): Router {
  const router = createRouter();

  router.openapi(alive, (c) => c.json({ status: "alive" as const }, 200));

  router.openapi(ready, (c) => {
    const latch = client.latched();
    if (latch !== undefined) throw latchedProblem(latch, "no");
    return c.json({ status: "ready" as const }, 200);
  });

  return router;
}
