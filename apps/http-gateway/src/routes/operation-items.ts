import { createRoute, z } from "@hono/zod-openapi";
import { maySettle } from "../access/objects.ts";
import { pageOf, readNumberCursor } from "../cursor.ts";
import type { Router } from "../environment.ts";
import { editStatuses } from "../member-edits/edit.ts";
import { listEdits } from "../member-edits/rows.ts";
import type { Engine } from "../operations/engine.ts";
import { knownOperation, maySee } from "../operations/known.ts";
import { askToCancel } from "../operations/rows.ts";
import { ProblemError } from "../problem.ts";
import { everyRoute, jsonResponse, problemResponses, readingRoute, security } from "../responses.ts";
import { createRouter } from "../router.ts";
import { operationItems } from "../schemas/member-edit.ts";
import { operationParam, operationView } from "../schemas/operation.ts";
import { cursor, DEFAULT_LIMIT, limit } from "../schemas/primitives.ts";
import { viewOperation } from "../views.ts";

const tags = ["operations"];

const list = createRoute({
  method: "get",
  path: "/operations/{id}/items",
  operationId: "listOperationItems",
  tags,
  security,
  summary: "List what became of each address of a list of members",
  description:
    "In the order of the request, also while it is under way. `?status=refused` are those that mesibo refused.",
  request: {
    params: operationParam,
    query: z.strictObject({
      limit,
      cursor,
      status: z.enum(editStatuses, { error: `one of ${editStatuses.join(", ")}` }).optional(),
    }),
  },
  responses: {
    200: jsonResponse("Addresses, and what became of each", operationItems),
    ...problemResponses(...readingRoute, "operation-not-found"),
  },
});

const cancel = createRoute({
  method: "post",
  path: "/operations/{id}/cancellation",
  operationId: "cancelOperation",
  tags,
  security,
  summary: "Stop a list of members that is under way",
  description:
    "No further call starts, but for one that may be about to. What was done stays done, and the rest is `skipped`. Safe to repeat.",
  request: { params: operationParam },
  responses: {
    202: jsonResponse("The operation as it is now; it ends in a moment", operationView),
    ...problemResponses(
      ...everyRoute,
      "validation",
      "store-unavailable",
      "operation-not-found",
      "operation-over",
    ),
  },
});

/** The routes of operations with many parts. */
export function operationItemRoutes(engine: Engine): Router {
  const router = createRouter();
  const { store } = engine;

  router.openapi(list, async (c) => {
    const { limit = DEFAULT_LIMIT, cursor, status } = c.req.valid("query");
    const { id } = await knownOperation(engine, { id: c.req.valid("param").id, may: maySee(c.var.actor) });
    const after = readNumberCursor(cursor);
    const statuses = status === undefined ? undefined : [status];
    const items = await store.read((db) =>
      listEdits(db, { operation: id, after, limit: limit + 1, statuses }),
    );
    const page = pageOf(items, { limit, keyOf: ({ position }) => String(position) });
    const view = page.items.map(({ position, address, status, problem }) => ({
      position,
      address,
      status,
      ...(problem === undefined ? {} : { problem }),
    }));
    return c.json({ ...page, items: view }, 200);
  });

  router.openapi(cancel, async (c) => {
    const { id } = await knownOperation(engine, {
      id: c.req.valid("param").id,
      may: (found) => maySettle(c.var.actor, found) && maySee(c.var.actor)(found),
    });
    const asked = await store.write(({ db }) => askToCancel(db, { id, at: engine.now() }));
    const operation = await knownOperation(engine, { id, may: () => true });
    if (!asked && operation.cancelAskedAt === undefined) {
      const detail = `The operation is ${operation.state} and cannot be stopped: ${operation.kind} is no list that is under way.`;
      throw new ProblemError("operation-over", { detail });
    }
    c.header("retry-after", "1");
    return c.json(viewOperation(operation), 202);
  });

  return router;
}
