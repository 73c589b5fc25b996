import { createRoute, z } from "@hono/zod-openapi";
import type { Router } from "../environment.ts";
import { readiness } from "../health.ts";
import { checkNames } from "../health-check.ts";
import type { Engine } from "../operations/engine.ts";
import { ProblemError } from "../problem.ts";
import { jsonResponse, openRoute, problemResponses } from "../responses.ts";
import { createRouter } from "../router.ts";
import packageJson from "../../package.json" with { type: "json" };

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

const check = z.object({ name: z.enum(checkNames), ok: z.boolean(), reason: z.string() });

const ready = createRoute({
  method: "get",
  path: "/readyz",
  operationId: "getReadiness",
  tags,
  summary: "Whether the gateway would do its work",
  description: "From what the gateway knows; mesibo is not called. The problem carries the same checks.",
  responses: {
    200: jsonResponse("It would", z.object({ status: z.literal("ready"), checks: z.array(check) })),
    ...problemResponses("not-acceptable", "internal", "not-ready"),
  },
});

const version = createRoute({
  method: "get",
  path: "/version",
  operationId: "getVersion",
  tags,
  summary: "Which version runs",
  responses: {
    200: jsonResponse("The version", z.object({ version: z.string(), api: z.literal("v1") })),
    ...problemResponses(...openRoute),
  },
});

/** The routes that watch over the process. They need no key and tell nothing about groups. */
export function healthRoutes(engine: Engine): Router {
  const router = createRouter();

  router.openapi(alive, (c) => c.json({ status: "alive" as const }, 200));

  router.openapi(ready, async (c) => {
    const checks = [...(await readiness(engine))];
    const failed = checks.filter(({ ok }) => !ok);
    if (failed.length > 0) {
      throw new ProblemError("not-ready", {
        detail: `Not ready: ${failed.map(({ name, reason }) => `${name}: ${reason}`).join("; ")}`,
        members: { checks },
      });
    }
    return c.json({ status: "ready" as const, checks }, 200);
  });

  router.openapi(version, (c) => c.json({ version: packageJson.version, api: "v1" as const }, 200));

  return router;
}
