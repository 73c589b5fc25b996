import { createRoute, z } from "@hono/zod-openapi";
import type { Client } from "@mesibo-groups/core";
import { requireJson } from "../body.ts";
import { listMembers } from "../directory.ts";
import type { Router } from "../environment.ts";
import { callingRoute, everyRoute, jsonResponse, problemResponses, security } from "../responses.ts";
import { createRouter } from "../router.ts";
import { memberBody, memberList, memberView } from "../schemas/member.ts";
import { DEFAULT_LIMIT, gidParam, limit, memberParam } from "../schemas/primitives.ts";
import { viewPermissions } from "../views.ts";

const always = [...everyRoute, ...callingRoute, "group-not-found", "upstream-refused"] as const;
const tags = ["members"];

const list = createRoute({
  method: "get",
  path: "/groups/{gid}/members",
  operationId: "listMembers",
  tags,
  security,
  summary: "List members",
  description: 'mesibo calls its listing "for development only", and its documented most is 20 members.',
  request: { params: gidParam, query: z.strictObject({ limit }) },
  responses: {
    200: jsonResponse("Members, in the order of joining", memberList),
    ...problemResponses(...always),
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
    body: { required: true, content: { "application/json": { schema: memberBody } } },
  },
  responses: {
    200: jsonResponse("The member", memberView),
    ...problemResponses(...always, "unsupported-media-type"),
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
  request: { params: memberParam },
  responses: { 204: { description: "The address is no member" }, ...problemResponses(...always) },
});

/** The routes of members. */
export function memberRoutes(client: Client): Router {
  const router = createRouter();

  router.openapi(list, async (c) => {
    const { gid } = c.req.valid("param");
    const { limit: count = DEFAULT_LIMIT } = c.req.valid("query");
    const { rows, complete } = await listMembers(client, { gid, count, signal: c.req.raw.signal });
    const items = rows.map(({ address, permissions }) => ({
      address,
      permissions: viewPermissions(permissions),
    }));
    return c.json({ items, next_cursor: null, complete }, 200);
  });

  // One address, so the op itself and not the client's batches: its error says what became of this one.
  router.openapi(put, async (c) => {
    const { gid, address } = c.req.valid("param");
    const { permissions } = c.req.valid("json");
    await client.call("groupeditmembers", { gid, members: [address], permissions, remove: false });
    return c.json({ gid, address, permissions: viewPermissions(permissions) }, 200);
  });

  router.openapi(remove, async (c) => {
    const { gid, address } = c.req.valid("param");
    await client.call("groupeditmembers", { gid, members: [address], permissions: {}, remove: true });
    return c.body(null, 204);
  });

  return router;
}
