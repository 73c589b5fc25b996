import { createRoute, z } from "@hono/zod-openapi";
import { requireJson } from "../body.ts";
import { pageOf, readCursor } from "../cursor.ts";
import { checkMember, knownGroup, knownMember } from "../directory/known.ts";
import { listMembers } from "../directory/members.ts";
import type { Router } from "../environment.ts";
import { etagOf, isUnchanged } from "../etag.ts";
import { performFor } from "../operations/answering.ts";
import type { Engine } from "../operations/engine.ts";
import { putMember } from "../operations/kinds/put-member.ts";
import { removeMember } from "../operations/kinds/remove-member.ts";
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
import { etagHeader, ifMatch, ifNoneMatch } from "../schemas/headers.ts";
import { memberBody, memberList, memberView } from "../schemas/member.ts";
import { cursor, DEFAULT_LIMIT, gidParam, limit, memberParam } from "../schemas/primitives.ts";
import { viewMember, viewPermissions } from "../views.ts";

const changing = [
  ...everyRoute,
  ...callingRoute,
  ...keyedRoute,
  "group-not-known",
  "group-not-found",
  "group-busy",
  "version-mismatch",
  "upstream-refused",
] as const;
const tags = ["members"];

const list = createRoute({
  method: "get",
  path: "/groups/{gid}/members",
  operationId: "listMembers",
  tags,
  security,
  summary: "List members",
  description: "The members that were set through the gateway or imported, by address.",
  request: { params: gidParam, query: z.strictObject({ limit, cursor }) },
  responses: {
    200: jsonResponse("Members, by address", memberList),
    ...problemResponses(...readingRoute, "group-not-known"),
  },
});

const get = createRoute({
  method: "get",
  path: "/groups/{gid}/members/{address}",
  operationId: "getMember",
  tags,
  security,
  summary: "Get a member",
  parameters: [ifNoneMatch],
  request: { params: memberParam },
  responses: {
    200: { ...jsonResponse("The member", memberView), headers: etagHeader },
    304: { description: "The version of If-None-Match is the one that is there" },
    ...problemResponses(...readingRoute, "group-not-known", "member-not-known"),
  },
});

const put = createRoute({
  method: "put",
  path: "/groups/{gid}/members/{address}",
  operationId: "putMember",
  tags,
  security,
  summary: "Add a member, or set the permissions of one",
  description: "Only users of the app can be members. Safe to repeat.",
  middleware: requireJson("application/json"),
  request: {
    params: memberParam,
    headers: ifMatch,
    body: { required: true, content: { "application/json": { schema: memberBody } } },
  },
  responses: {
    200: { ...jsonResponse("The member, whose permissions were set", memberView), headers: etagHeader },
    201: { ...jsonResponse("The member, who is new", memberView), headers: etagHeader },
    ...problemResponses(...changing, "unsupported-media-type"),
  },
});

const remove = createRoute({
  method: "delete",
  path: "/groups/{gid}/members/{address}",
  operationId: "removeMember",
  tags,
  security,
  summary: "Remove a member",
  description: "Safe to repeat: whoever is no member is not one afterwards either.",
  request: { params: memberParam, headers: ifMatch },
  responses: { 204: { description: "The address is no member" }, ...problemResponses(...changing) },
});

/** The routes of members. */
export function memberRoutes(engine: Engine): Router {
  const router = createRouter();
  const { store } = engine;

  router.openapi(list, async (c) => {
    const { gid } = c.req.valid("param");
    const { limit = DEFAULT_LIMIT, cursor } = c.req.valid("query");
    await knownGroup(engine, gid);
    const after = readCursor(cursor);
    const members = await store.read((db) => listMembers(db, { gid, after, limit: limit + 1 }));
    const page = pageOf(members, { limit, keyOf: ({ address }) => address });
    return c.json({ ...page, items: page.items.map(viewMember) }, 200);
  });

  router.openapi(get, async (c) => {
    const member = await knownMember(engine, c.req.valid("param"));
    c.header("etag", etagOf(member.version));
    if (isUnchanged(c.req.header("if-none-match"), member.version)) return c.body(null, 304);
    return c.json(viewMember(member), 200);
  });

  router.openapi(put, (c) => {
    const { gid, address } = c.req.valid("param");
    const { permissions } = c.req.valid("json");
    return store.inTurn(gid, async () => {
      const prepare = async () => {
        await knownGroup(engine, gid);
        await checkMember(engine, { gid, address, ifMatch: c.req.header("if-match") });
        return { gid, address, permissions: viewPermissions(permissions) };
      };
      const { status, body } = await performFor(c, { engine, kind: putMember, prepare });
      return c.json(memberView.parse(body), status === 201 ? 201 : 200);
    });
  });

  router.openapi(remove, (c) => {
    const { gid, address } = c.req.valid("param");
    return store.inTurn(gid, async () => {
      const prepare = async () => {
        await knownGroup(engine, gid);
        await checkMember(engine, { gid, address, ifMatch: c.req.header("if-match") });
        return { gid, address };
      };
      await performFor(c, { engine, kind: removeMember, prepare });
      return c.body(null, 204);
    });
  });

  return router;
}
