import { createRoute } from "@hono/zod-openapi";
import { requireGroup } from "../access/objects.ts";
import { requireJson } from "../body.ts";
import type { Router } from "../environment.ts";
import { performFor } from "../operations/answering.ts";
import type { Engine } from "../operations/engine.ts";
import { importGroups } from "../operations/kinds/import-groups.ts";
import {
  callingRoute,
  everyRoute,
  jsonResponse,
  keyedRoute,
  problemResponses,
  security,
} from "../responses.ts";
import { createRouter } from "../router.ts";
import { keyHeader } from "../schemas/headers.ts";
import { groupImport, groupImportResult } from "../schemas/import.ts";

const create = createRoute({
  method: "post",
  path: "/group-imports",
  operationId: "importGroups",
  tags: ["groups"],
  security,
  summary: "Take up groups that were made elsewhere",
  description:
    "Lists the groups and their members in mesibo, which documents the listing for its console and on-premise servers only. Changes nothing there; what the gateway knew of these groups is replaced.",
  middleware: requireJson("application/json"),
  request: {
    headers: keyHeader,
    body: { required: true, content: { "application/json": { schema: groupImport } } },
  },
  responses: {
    207: jsonResponse("What became of each gid", groupImportResult),
    ...problemResponses(
      ...everyRoute,
      ...callingRoute,
      ...keyedRoute,
      "unsupported-media-type",
      "upstream-refused",
      "upstream-cannot-list",
    ),
  },
});

/** The route of imports. */
export function groupImportRoutes(engine: Engine): Router {
  const router = createRouter();

  router.openapi(create, async (c) => {
    const request = c.req.valid("json");
    for (const gid of request.gids) await requireGroup(engine, { actor: c.var.actor, gid });
    const { body } = await performFor(c, { engine, kind: importGroups, prepare: async () => request });
    return c.json(groupImportResult.parse(body), 207);
  });

  return router;
}
