import { createRoute, z } from "@hono/zod-openapi";
import type { Router } from "../environment.ts";
import type { OpenApiDocument } from "../openapi.ts";
import { jsonResponse, openRoute, problemResponses } from "../responses.ts";
import { createRouter } from "../router.ts";

const document = createRoute({
  method: "get",
  path: "/openapi.json",
  operationId: "getDocument",
  tags: ["document"],
  summary: "This document",
  responses: {
    200: jsonResponse("OpenAPI 3.1", z.looseObject({ openapi: z.string() })),
    ...problemResponses(...openRoute),
  },
});

/** The route of the OpenAPI document. Beside `openapi()`, whose types know only JSON without undefined. */
export function documentRoute(read: () => OpenApiDocument): Router {
  const router = createRouter();
  router.openAPIRegistry.registerPath(document);
  router.get("/openapi.json", (c) => c.json(read()));
  return router;
}
