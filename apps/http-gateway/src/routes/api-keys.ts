import { createRoute, z } from "@hono/zod-openapi";
import { requireJson } from "../body.ts";
import { pageOf, readCursor } from "../cursor.ts";
import type { Actor, Router } from "../environment.ts";
import {
  createApiKey,
  DEFAULT_KEY_DAYS,
  DEFAULT_OVERLAP_HOURS,
  revokeApiKey,
  rotateApiKey,
} from "../keys/manage.ts";
import { findApiKey, listApiKeys, type ApiKey } from "../keys/rows.ts";
import type { Scope } from "../keys/scopes.ts";
import { viewApiKey } from "../keys/view.ts";
import type { Engine } from "../operations/engine.ts";
import { ProblemError } from "../problem.ts";
import { jsonResponse, problemResponses, readingRoute, security } from "../responses.ts";
import { createRouter } from "../router.ts";
import { apiKeyList, apiKeyView, madeApiKey, newApiKey, rotationBody } from "../schemas/api-key.ts";
import { cursor, DEFAULT_LIMIT, limit } from "../schemas/primitives.ts";

const tags = ["api-keys"];
const ENV = "live";

const keyParam = z.object({
  id: z.string().openapi({ param: { name: "id", in: "path" }, example: "7GkP2xQ9aVb4" }),
});

const list = createRoute({
  method: "get",
  path: "/api-keys",
  operationId: "listApiKeys",
  tags,
  security,
  summary: "List API keys",
  description: "Without their secrets, which are nowhere. Those that have ended are listed too.",
  request: { query: z.strictObject({ limit, cursor }) },
  responses: { 200: jsonResponse("Keys, by id", apiKeyList), ...problemResponses(...readingRoute) },
});

const create = createRoute({
  method: "post",
  path: "/api-keys",
  operationId: "createApiKey",
  tags,
  security,
  summary: "Make an API key",
  description:
    "The answer is the only place where the key is ever shown. A key gives no scope that it has not.",
  middleware: requireJson("application/json"),
  request: { body: { required: true, content: { "application/json": { schema: newApiKey } } } },
  responses: {
    201: {
      ...jsonResponse("The key", madeApiKey),
      headers: z.object({ Location: z.string().openapi({ example: "/v1/api-keys/7GkP2xQ9aVb4" }) }),
    },
    ...problemResponses(...readingRoute, "unsupported-media-type"),
  },
});

const get = createRoute({
  method: "get",
  path: "/api-keys/{id}",
  operationId: "getApiKey",
  tags,
  security,
  summary: "Get an API key",
  request: { params: keyParam },
  responses: {
    200: jsonResponse("The key", apiKeyView),
    ...problemResponses(...readingRoute, "api-key-not-found"),
  },
});

const revoke = createRoute({
  method: "delete",
  path: "/api-keys/{id}",
  operationId: "revokeApiKey",
  tags,
  security,
  summary: "Revoke an API key",
  description: "Every gateway refuses it within a second, for good. Safe to repeat.",
  request: { params: keyParam },
  responses: {
    204: { description: "The key opens nothing" },
    ...problemResponses(...readingRoute, "api-key-not-found"),
  },
});

const rotate = createRoute({
  method: "post",
  path: "/api-keys/{id}/rotations",
  operationId: "rotateApiKey",
  tags,
  security,
  summary: "Give an API key a new secret",
  description: "The one before opens for some hours more, so that services can be given the new one.",
  middleware: requireJson("application/json"),
  request: {
    params: keyParam,
    body: { required: true, content: { "application/json": { schema: rotationBody } } },
  },
  responses: {
    201: jsonResponse("The key, with its new secret", madeApiKey),
    ...problemResponses(...readingRoute, "unsupported-media-type", "api-key-not-found"),
  },
});

/** Whoever hands a key out has it: so nobody hands out more than they may do themselves. */
function requireScopes(actor: Actor, scopes: readonly Scope[]): void {
  const missing = scopes.find((scope) => !actor.scopes.has(scope));
  if (missing === undefined) return;
  throw new ProblemError("insufficient-scope", {
    detail: `This API key has not the scope ${missing} itself, so it cannot give it.`,
    members: { required_scope: missing },
  });
}

function notFound(): never {
  throw new ProblemError("api-key-not-found", { detail: "No API key that is in use has this id." });
}

/** The routes of API keys. */
export function apiKeyRoutes({ store, now }: Pick<Engine, "store" | "now">): Router {
  const router = createRouter();

  async function known(id: string): Promise<ApiKey> {
    return (await store.read((db) => findApiKey(db, id))) ?? notFound();
  }
  const deskOf = ({ actor, requestId }: { readonly actor: Actor; readonly requestId: string }) => ({
    store,
    now,
    actor: actor.id,
    requestId,
  });

  router.openapi(list, async (c) => {
    const { limit = DEFAULT_LIMIT, cursor } = c.req.valid("query");
    const after = readCursor(cursor);
    const keys = await store.read((db) => listApiKeys(db, { after, limit: limit + 1 }));
    const page = pageOf(keys, { limit, keyOf: ({ id }) => id });
    return c.json({ ...page, items: page.items.map(viewApiKey) }, 200);
  });

  router.openapi(create, async (c) => {
    const { name, scopes, groups, expires_in_days: days = DEFAULT_KEY_DAYS } = c.req.valid("json");
    requireScopes(c.var.actor, scopes);
    const asked = { name, env: ENV, scopes: [...new Set(scopes)], groups, expiresInDays: days };
    const { apiKey, key } = await createApiKey(deskOf(c.var), asked);
    c.header("location", `/v1/api-keys/${apiKey.id}`);
    return c.json({ ...viewApiKey(apiKey), key }, 201);
  });

  router.openapi(get, async (c) => c.json(viewApiKey(await known(c.req.valid("param").id)), 200));

  router.openapi(revoke, async (c) => {
    if ((await revokeApiKey(deskOf(c.var), c.req.valid("param").id)) === "unknown") notFound();
    return c.body(null, 204);
  });

  router.openapi(rotate, async (c) => {
    const { id } = c.req.valid("param");
    const { overlap_hours: overlapHours = DEFAULT_OVERLAP_HOURS } = c.req.valid("json");
    requireScopes(c.var.actor, (await known(id)).scopes);
    const made = (await rotateApiKey(deskOf(c.var), { id, env: ENV, overlapHours })) ?? notFound();
    return c.json({ ...viewApiKey(made.apiKey), key: made.key }, 201);
  });

  return router;
}
