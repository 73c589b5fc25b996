import { createRoute, z } from "@hono/zod-openapi";
import { effectiveIn, encodeFlags } from "@mesibo-groups/core";
import { pageOf, readCursor } from "../cursor.ts";
import { asRouted } from "../directory/groups.ts";
import { knownGroup } from "../directory/known.ts";
import { findMember, listMembers } from "../directory/members.ts";
import type { Router } from "../environment.ts";
import type { Engine } from "../operations/engine.ts";
import { jsonResponse, problemResponses, readingRoute, security } from "../responses.ts";
import { createRouter } from "../router.ts";
import { addressPermissions, groupPermissions } from "../schemas/member.ts";
import { cursor, DEFAULT_LIMIT, gidParam, limit, memberParam } from "../schemas/primitives.ts";
import { viewEffective, viewPermissions } from "../views.ts";

const problems = problemResponses(...readingRoute, "group-not-known");
const tags = ["permissions"];

const ofGroup = createRoute({
  method: "get",
  path: "/groups/{gid}/permissions",
  operationId: "getGroupPermissions",
  tags,
  security,
  summary: "What everybody may really do in a group, and why",
  request: { params: gidParam, query: z.strictObject({ limit, cursor }) },
  responses: { 200: jsonResponse("Members and everybody else, with reasons", groupPermissions), ...problems },
});

const ofAddress = createRoute({
  method: "get",
  path: "/groups/{gid}/permissions/{address}",
  operationId: "getAddressPermissions",
  tags,
  security,
  summary: "What one address may really do in a group, and why",
  description: "An address that is no member gets the answer of a non-member.",
  request: { params: memberParam },
  responses: { 200: jsonResponse("The verdicts, with reasons", addressPermissions), ...problems },
});

/** The routes that say who may do what, and why. */
export function permissionRoutes(engine: Engine): Router {
  const router = createRouter();
  const { store, now } = engine;

  router.openapi(ofGroup, async (c) => {
    const { gid } = c.req.valid("param");
    const { limit = DEFAULT_LIMIT, cursor } = c.req.valid("query");
    const known = await knownGroup(engine, gid);
    const group = asRouted(known, now());
    const after = readCursor(cursor);
    const some = await store.read((db) => listMembers(db, { gid, after, limit: limit + 1 }));
    const { items, next_cursor } = pageOf(some, { limit, keyOf: ({ address }) => address });
    const members = items.map(({ address, permissions }) => ({
      address,
      permissions: viewPermissions(permissions),
      effective: viewEffective(effectiveIn(group, permissions)),
    }));
    const non_member = viewEffective(effectiveIn(group, "non_member"));
    return c.json({ gid, flag: encodeFlags(known.flags), members, non_member, next_cursor }, 200);
  });

  router.openapi(ofAddress, async (c) => {
    const { gid, address } = c.req.valid("param");
    const group = asRouted(await knownGroup(engine, gid), now());
    const member = await store.read((db) => findMember(db, { gid, address }));
    const permissions = member === undefined ? null : viewPermissions(member.permissions);
    const verdicts = viewEffective(effectiveIn(group, permissions ?? "non_member"));
    return c.json({ gid, address, member: permissions !== null, permissions, effective: verdicts }, 200);
  });

  return router;
}
