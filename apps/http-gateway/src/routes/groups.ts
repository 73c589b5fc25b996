import { createRoute, z } from "@hono/zod-openapi";
import { encodeFlags, normalFlags, withFlags } from "@mesibo-groups/core";
import { requireName } from "../access/objects.ts";
import { requireJson } from "../body.ts";
import { pageOf, readNumberCursor } from "../cursor.ts";
import { listGroups, type KnownGroup } from "../directory/groups.ts";
import { knownGroup, wasDeleted } from "../directory/known.ts";
import type { Router } from "../environment.ts";
import { checkIfMatch, etagOf, isUnchanged } from "../etag.ts";
import { performFor } from "../operations/answering.ts";
import type { Engine } from "../operations/engine.ts";
import { changeGroup } from "../operations/kinds/change-group.ts";
import { createGroup } from "../operations/kinds/create-group.ts";
import { deleteGroup } from "../operations/kinds/delete-group.ts";
import {
  callingRoute,
  everyRoute,
  jsonResponse,
  keyedRoute,
  problemResponses,
  readingRoute,
  security,
} from "../responses.ts";
import { createRouter } from "../router.ts";
import { groupChange, groupList, groupView, newGroup } from "../schemas/group.ts";
import { etagHeader, ifMatch, ifNoneMatch, needKeyHeader } from "../schemas/headers.ts";
import { cursor, DEFAULT_LIMIT, gidParam, limit } from "../schemas/primitives.ts";
import { viewGroup } from "../views.ts";

const always = [...everyRoute, ...callingRoute, ...keyedRoute] as const;
const changing = [...always, "group-busy", "version-mismatch"] as const;
const tags = ["groups"];

const create = createRoute({
  method: "post",
  path: "/groups",
  operationId: "createGroup",
  tags,
  security,
  summary: "Create a group",
  description:
    "The same request with the same key is done once and answered the same each time. After a 504 nobody knows whether the group is there: look at the operation, and settle it.",
  middleware: requireJson("application/json"),
  request: {
    headers: needKeyHeader,
    body: { required: true, content: { "application/json": { schema: newGroup } } },
  },
  responses: {
    201: {
      ...jsonResponse("The group, as it was asked for", groupView),
      headers: etagHeader.extend({ Location: z.string().openapi({ example: "/v1/groups/102529" }) }),
    },
    ...problemResponses(...always, "idempotency-key-missing", "unsupported-media-type", "upstream-refused"),
  },
});

const list = createRoute({
  method: "get",
  path: "/groups",
  operationId: "listGroups",
  tags,
  security,
  summary: "List groups",
  description: "The groups that were created through the gateway or imported, by gid.",
  request: {
    query: z.strictObject({
      limit,
      cursor,
      "filter[name]": z
        .string({ error: "one text" })
        .optional()
        .openapi({ description: "The exact name, or a pattern with *.", example: "News*" }),
    }),
  },
  responses: {
    200: jsonResponse("Groups, by gid", groupList),
    ...problemResponses(...readingRoute),
  },
});

const get = createRoute({
  method: "get",
  path: "/groups/{gid}",
  operationId: "getGroup",
  tags,
  security,
  summary: "Get a group",
  parameters: [ifNoneMatch],
  request: { params: gidParam },
  responses: {
    200: { ...jsonResponse("The group", groupView), headers: etagHeader },
    304: { description: "The version of If-None-Match is the one that is there" },
    ...problemResponses(...readingRoute, "group-not-known"),
  },
});

const change = createRoute({
  method: "patch",
  path: "/groups/{gid}",
  operationId: "changeGroup",
  tags,
  security,
  summary: "Change a group",
  description: "What is not named stays.",
  middleware: requireJson("application/merge-patch+json", "application/json"),
  request: {
    params: gidParam,
    headers: ifMatch,
    body: {
      required: true,
      content: {
        "application/merge-patch+json": { schema: groupChange },
        "application/json": { schema: groupChange },
      },
    },
  },
  responses: {
    200: { ...jsonResponse("The group after the change", groupView), headers: etagHeader },
    204: { description: "The change is done, and the group was deleted meanwhile" },
    ...problemResponses(
      ...changing,
      "unsupported-media-type",
      "group-not-known",
      "group-not-found",
      "upstream-refused",
    ),
  },
});

const remove = createRoute({
  method: "delete",
  path: "/groups/{gid}",
  operationId: "deleteGroup",
  tags,
  security,
  summary: "Delete a group with its memberships",
  description: "Repeated within 30 days it answers the same.",
  request: { params: gidParam, headers: ifMatch },
  responses: {
    204: { description: "The group is gone" },
    ...problemResponses(...changing, "group-not-known", "upstream-refused"),
  },
});

/** The routes of groups. */
export function groupRoutes(engine: Engine): Router {
  const router = createRouter();
  const { store } = engine;

  // A caller who goes away stops what reads, never what changes: a change that was sent goes on in mesibo
  // whatever we do, and to stop listening would only lose its outcome. So no change gets the request's signal.

  router.openapi(create, async (c) => {
    const { name, flags, flag, active, ...times } = c.req.valid("json");
    const { expires_in_seconds: expiry, expiry_extension_seconds: expiryext } = times;
    requireName(c.var.actor, { name });
    const word = flag ?? encodeFlags(withFlags(normalFlags, flags ?? {}));
    const prepare = async () => ({ name, flag: word, expiry, expiryext, active });
    const { body } = await performFor(c, { engine, kind: createGroup, prepare, keyNeeded: true });
    return c.json(groupView.parse(body), 201);
  });

  router.openapi(list, async (c) => {
    const { limit = DEFAULT_LIMIT, cursor, "filter[name]": name } = c.req.valid("query");
    const after = readNumberCursor(cursor) ?? 0;
    const groups = await store.read((db) =>
      listGroups(db, { after, limit: limit + 1, name, rule: c.var.actor.groups, kind: store.kind }),
    );
    const page = pageOf(groups, { limit, keyOf: ({ gid }) => String(gid) });
    return c.json({ ...page, items: page.items.map(viewGroup) }, 200);
  });

  router.openapi(get, async (c) => {
    const group = await knownGroup(engine, c.req.valid("param").gid);
    c.header("etag", etagOf(group.version));
    if (isUnchanged(c.req.header("if-none-match"), group.version)) return c.body(null, 304);
    return c.json(viewGroup(group), 200);
  });

  router.openapi(change, (c) => {
    const { gid } = c.req.valid("param");
    const { name, flags, flag, active, ...times } = c.req.valid("json");
    const { expires_in_seconds: expiry, expiry_extension_seconds: expiryext } = times;
    if (name !== undefined) requireName(c.var.actor, { gid, name });
    const namesFlags = flags !== undefined && Object.keys(flags).length > 0;
    const settings = { name, flag, expiry, expiryext, active };
    const current = async (): Promise<KnownGroup> => {
      const group = await knownGroup(engine, gid);
      checkIfMatch(c.req.header("if-match"), group.version);
      return group;
    };
    return store.inTurn(gid, async () => {
      if (!namesFlags && Object.values(settings).every((value) => value === undefined)) {
        const group = await current();
        c.header("etag", etagOf(group.version));
        return c.json(viewGroup(group), 200);
      }
      const prepare = async () => {
        const group = await current();
        return {
          gid,
          ...settings,
          flag: flag ?? (namesFlags ? encodeFlags(withFlags(group.flags, flags)) : undefined),
        };
      };
      const { body } = await performFor(c, { engine, kind: changeGroup, prepare });
      return body === undefined ? c.body(null, 204) : c.json(groupView.parse(body), 200);
    });
  });

  router.openapi(remove, (c) => {
    const { gid } = c.req.valid("param");
    return store.inTurn(gid, async () => {
      if (await wasDeleted(engine, gid)) return c.body(null, 204);
      const prepare = async () => {
        checkIfMatch(c.req.header("if-match"), (await knownGroup(engine, gid)).version);
        return { gid };
      };
      await performFor(c, { engine, kind: deleteGroup, prepare });
      return c.body(null, 204);
    });
  });

  return router;
}
