import { createRoute, z } from "@hono/zod-openapi";
import { requireJson } from "../body.ts";
import { pageOf, readCursor } from "../cursor.ts";
import type { Router } from "../environment.ts";
import type { Engine } from "../operations/engine.ts";
import { operationStates, type Operation } from "../operations/operation.ts";
import { resolveOperation, type Verdict } from "../operations/resolve.ts";
import { findOperation, listOperations } from "../operations/rows.ts";
import { ProblemError } from "../problem.ts";
import {
  callingRoute,
  everyRoute,
  jsonResponse,
  problemResponses,
  readingRoute,
  security,
} from "../responses.ts";
import { createRouter } from "../router.ts";
import { operationList, operationView, resolutionBody } from "../schemas/operation.ts";
import { cursor, DEFAULT_LIMIT, limit } from "../schemas/primitives.ts";
import { viewOperation } from "../views.ts";

const tags = ["operations"];

const operationParam = z.object({
  id: z.string().openapi({ param: { name: "id", in: "path" }, example: "op_01KAR5V2Z6F5T1P0X9Y8Q7W3M4" }),
});

const list = createRoute({
  method: "get",
  path: "/operations",
  operationId: "listOperations",
  tags,
  security,
  summary: "List operations",
  description: "Oldest first. `?state=unknown` are those that need somebody to look.",
  request: {
    query: z.strictObject({
      limit,
      cursor,
      state: z.enum(operationStates, { error: `one of ${operationStates.join(", ")}` }).optional(),
    }),
  },
  responses: { 200: jsonResponse("Operations", operationList), ...problemResponses(...readingRoute) },
});

const get = createRoute({
  method: "get",
  path: "/operations/{id}",
  operationId: "getOperation",
  tags,
  security,
  summary: "Get an operation",
  request: { params: operationParam },
  responses: {
    200: jsonResponse("The operation", operationView),
    ...problemResponses(...readingRoute, "operation-not-found"),
  },
});

const resolve = createRoute({
  method: "post",
  path: "/operations/{id}/resolutions",
  operationId: "resolveOperation",
  tags,
  security,
  summary: "Settle an operation whose outcome is unknown",
  description:
    "By what somebody has seen, or by asking mesibo once more. From then on a repetition of the first request gets the settled answer.",
  middleware: requireJson("application/json"),
  request: {
    params: operationParam,
    body: { required: true, content: { "application/json": { schema: resolutionBody } } },
  },
  responses: {
    200: jsonResponse("The operation, settled", operationView),
    ...problemResponses(
      ...everyRoute,
      ...callingRoute,
      "store-unavailable",
      "unsupported-media-type",
      "operation-not-found",
      "operation-not-unknown",
      "group-busy",
      "group-not-found",
      "upstream-refused",
      "upstream-cannot-list",
    ),
  },
});

/** The routes of operations. */
export function operationRoutes(engine: Engine): Router {
  const router = createRouter();
  const { store } = engine;

  async function knownOperation(id: string): Promise<Operation> {
    const operation = await store.read((db) => findOperation(db, id));
    if (operation !== undefined) return operation;
    throw new ProblemError("operation-not-found", { detail: "No operation has this id." });
  }

  router.openapi(list, async (c) => {
    const { limit = DEFAULT_LIMIT, cursor, state } = c.req.valid("query");
    const after = readCursor(cursor);
    const operations = await store.read((db) => listOperations(db, { after, limit: limit + 1, state }));
    const page = pageOf(operations, { limit, keyOf: ({ id }) => id });
    return c.json({ ...page, items: page.items.map(viewOperation) }, 200);
  });

  router.openapi(get, async (c) => {
    const operation = await knownOperation(c.req.valid("param").id);
    if (operation.state === "sending") c.header("retry-after", "1");
    return c.json(viewOperation(operation), 200);
  });

  router.openapi(resolve, async (c) => {
    const operation = await knownOperation(c.req.valid("param").id);
    const asked = c.req.valid("json");
    if (
      asked.outcome === "retried" &&
      operation.kind === "create_group" &&
      asked.accept_duplicate_risk !== true
    ) {
      const detail =
        "accept_duplicate_risk is missing: to create the group once more may make a second one; give true where that is better than none.";
      throw new ProblemError("validation", {
        detail,
        members: { errors: [{ in: "body", pointer: "/accept_duplicate_risk", code: "missing", detail }] },
      });
    }
    const verdict: Verdict = asked.outcome === "happened" ? asked : { outcome: asked.outcome };
    const by = { actor: c.var.actor.id, requestId: c.var.requestId };
    const work = () => resolveOperation(engine, { operation, verdict, by });
    const settled = await (operation.gid === undefined ? work() : store.inTurn(operation.gid, work));
    return c.json(viewOperation(settled), 200);
  });

  return router;
}
