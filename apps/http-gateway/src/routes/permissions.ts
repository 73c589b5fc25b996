import { createRoute, z } from "@hono/zod-openapi";
import { effective, encodeFlags, type Client } from "@mesibo-groups/core";
import { findGroup, findMember, listMembers } from "../directory.ts";
import type { Router } from "../environment.ts";
import { callingRoute, everyRoute, jsonResponse, problemResponses, security } from "../responses.ts";
import { createRouter } from "../router.ts";
import { addressPermissions, groupPermissions } from "../schemas/member.ts";
import { DEFAULT_LIMIT, gidParam, limit, memberParam } from "../schemas/primitives.ts";
import { viewEffective, viewPermissions } from "../views.ts";

const problems = problemResponses(
  ...everyRoute,
  ...callingRoute,
  "group-not-found",
  "upstream-refused",
  "upstream-cannot-list",
);
const tags = ["permissions"];

const ofGroup = createRoute({
  method: "get",
  path: "/groups/{gid}/permissions",
  operationId: "getGroupPermissions",
  tags,
  security,
  summary: "What everybody may really do in a group, and why",
  request: { params: gidParam, query: z.strictObject({ limit }) },
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
export function permissionRoutes(client: Client): Router {
  const router = createRouter();

  router.openapi(ofGroup, async (c) => {
    const { gid } = c.req.valid("param");
    const { limit: count = DEFAULT_LIMIT } = c.req.valid("query");
    const { signal } = c.req.raw;
    const { flags } = await findGroup(client, { gid, signal });
    const { rows, complete } = await listMembers(client, { gid, count, signal });
    const members = rows.map(({ address, permissions }) => ({
      address,
      permissions: viewPermissions(permissions),
      effective: viewEffective(effective(flags, permissions)),
    }));
    const non_member = viewEffective(effective(flags, "non_member"));
    return c.json({ gid, flag: encodeFlags(flags), members, non_member, complete }, 200);
  });

  router.openapi(ofAddress, async (c) => {
    const { gid, address } = c.req.valid("param");
    const { signal } = c.req.raw;
    const { flags } = await findGroup(client, { gid, signal });
    const found = await findMember(client, { gid, address, signal });
    const permissions = found === "non_member" ? null : viewPermissions(found.permissions);
    const verdicts = viewEffective(effective(flags, permissions ?? "non_member"));
    return c.json({ gid, address, member: permissions !== null, permissions, effective: verdicts }, 200);
  });

  return router;
}
