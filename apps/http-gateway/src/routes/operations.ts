import { createRoute, z } from "@hono/zod-openapi";
import { mayTouch } from "../access/group-rule.ts";
import { maySettle, refuseObject, requireGroup, seesOthers } from "../access/objects.ts";
import { requireJson } from "../body.ts";
import { pageOf, readCursor } from "../cursor.ts";
import type { Actor, Router } from "../environment.ts";
import type { Engine } from "../operations/engine.ts";
import { operationStates, type Operation } from "../operations/operation.ts";
import { knownOperation, maySee } from "../operations/known.ts";
import { resolveOperation, type Verdict } from "../operations/resolve.ts";
import { listOperations } from "../operations/rows.ts";
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
import { operationList, operationParam, operationView, resolutionBody } from "../schemas/operation.ts";
import { cursor, DEFAULT_LIMIT, limit } from "../schemas/primitives.ts";
import { viewOperation } from "../views.ts";

const tags = ["operations"];

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

  /** A key for some groups only must not take another group up by saying that it is the one it asked for. */
  async function requireGroups(
    actor: Actor,
    { operation, asked }: { readonly operation: Operation; readonly asked: z.output<typeof resolutionBody> },
  ): Promise<void> {
    if (operation.gid !== undefined) await requireGroup(engine, { actor, gid: operation.gid });
    const gid = asked.outcome === "happened" ? asked.gid : undefined;
    if (gid !== undefined && !mayTouch(actor.groups, { gid })) refuseObject({ gid });
  }

  router.openapi(list, async (c) => {
    const { limit = DEFAULT_LIMIT, cursor, state } = c.req.valid("query");
    const after = readCursor(cursor);
    const { actor } = c.var;
    const operations = await store.read((db) =>
      listOperations(db, { after, limit: limit + 1, state, actor: seesOthers(actor) ? undefined : actor.id }),
    );
    const page = pageOf(operations, { limit, keyOf: ({ id }) => id });
    return c.json({ ...page, items: page.items.map(viewOperation) }, 200);
  });

  router.openapi(get, async (c) => {
    const operation = await knownOperation(engine, { id: c.req.valid("param").id, may: maySee(c.var.actor) });
    if (operation.state === "sending") c.header("retry-after", "1");
    return c.json(viewOperation(operation), 200);
  });

  router.openapi(resolve, async (c) => {
    const operation = await knownOperation(engine, {
      id: c.req.valid("param").id,
      may: (found) => maySettle(c.var.actor, found),
    });
    const asked = c.req.valid("json");
    await requireGroups(c.var.actor, { operation, asked });
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
