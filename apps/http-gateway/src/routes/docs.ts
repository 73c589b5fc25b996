import { createRoute, z } from "@hono/zod-openapi";
import { docsPage, docsPolicy } from "../docs-page.ts";
import type { Router } from "../environment.ts";
import type { OpenApiDocument } from "../openapi.ts";
import { problemResponses } from "../responses.ts";
import { createRouter } from "../router.ts";

const docs = createRoute({
  method: "get",
  path: "/docs",
  operationId: "getDocs",
  tags: ["document"],
  summary: "This document as a page",
  responses: {
    200: { description: "HTML", content: { "text/html": { schema: z.string() } } },
    ...problemResponses("host-not-allowed", "internal"),
  },
});

/** The route of the page. It is written once, when somebody first asks. */
export function docsRoute(read: () => OpenApiDocument): Router {
  const router = createRouter();
  let page: string | undefined;
  router.openapi(docs, (c) => c.html((page ??= docsPage(read())), 200));
  return router;
}

/** Puts the page's own policy in the place of the one that all answers have. Stands in front of it. */
export const docsHeaders: Parameters<Router["use"]>[1] = async function docsHeaders(c, next) {
  await next();
  if (c.res.status === 200) c.header("content-security-policy", docsPolicy);
};
