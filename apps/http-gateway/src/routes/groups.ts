import { createRoute, z } from "@hono/zod-openapi";
import {
  DEFAULT_GROUP_EXPIRY,
  decodeFlags,
  MAX_GID,
  MesiboError,
  normalFlags,
  withFlags,
  type Client,
  type FlagChanges,
  type GroupFlags,
  type GroupSettings,
} from "@mesibo-groups/core";
import { requireJson } from "../body.ts";
import { cannotTell, findGroup, listGroups, type Lookup } from "../directory.ts";
import type { Router } from "../environment.ts";
import { createTurns } from "../in-turn.ts";
import { ProblemError } from "../problem.ts";
import { callingRoute, everyRoute, jsonResponse, problemResponses, security } from "../responses.ts";
import { createRouter } from "../router.ts";
import {
  groupChange,
  groupList,
  groupView,
  newGroup,
  type GroupChangeBody,
  type NewGroupBody,
} from "../schemas/group.ts";
import { DEFAULT_LIMIT, gidParam, limit } from "../schemas/primitives.ts";
import { viewGroup } from "../views.ts";

const always = [...everyRoute, ...callingRoute] as const;
const tags = ["groups"];

const create = createRoute({
  method: "post",
  path: "/groups",
  operationId: "createGroup",
  tags,
  security,
  summary: "Create a group",
  description:
    "Two equal requests make two groups. After a 504 look for the group before you repeat: it may be there.",
  middleware: requireJson("application/json"),
  request: { body: { required: true, content: { "application/json": { schema: newGroup } } } },
  responses: {
    201: {
      ...jsonResponse("The group, as it was asked for", groupView),
      headers: z.object({ Location: z.string().openapi({ example: "/v1/groups/102529" }) }),
    },
    ...problemResponses(...always, "unsupported-media-type", "upstream-refused"),
  },
});

const list = createRoute({
  method: "get",
  path: "/groups",
  operationId: "listGroups",
  tags,
  security,
  summary: "List groups",
  description: "mesibo documents the listing for its console and on-premise servers only.",
  request: {
    query: z.strictObject({
      limit,
      "filter[name]": z
        .string({ error: "one text" })
        .optional()
        .openapi({ description: "The exact name, or a pattern with *.", example: "News*" }),
    }),
  },
  responses: {
    200: jsonResponse("Groups, oldest first", groupList),
    ...problemResponses(...always, "upstream-cannot-list"),
  },
});

const get = createRoute({
  method: "get",
  path: "/groups/{gid}",
  operationId: "getGroup",
  tags,
  security,
  summary: "Get a group",
  description: "mesibo has no operation for one group: the gateway lists groups and picks one.",
  request: { params: gidParam },
  responses: {
    200: jsonResponse("The group", groupView),
    ...problemResponses(...always, "group-not-found", "upstream-cannot-list"),
  },
});

const change = createRoute({
  method: "patch",
  path: "/groups/{gid}",
  operationId: "changeGroup",
  tags,
  security,
  summary: "Change a group",
  description:
    "What is not named stays. Naming some of the flags reads the group first; `flag`, or all five flags, does not.",
  middleware: requireJson("application/merge-patch+json", "application/json"),
  request: {
    params: gidParam,
    body: {
      required: true,
      content: {
        "application/merge-patch+json": { schema: groupChange },
        "application/json": { schema: groupChange },
      },
    },
  },
  responses: {
    200: jsonResponse("The group after the change", groupView),
    204: { description: "The change is done, and mesibo does not tell the group" },
    ...problemResponses(
      ...always,
      "unsupported-media-type",
      "group-not-found",
      "upstream-refused",
      "upstream-cannot-list",
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
  request: { params: gidParam },
  responses: {
    204: { description: "The group is gone" },
    ...problemResponses(...always, "group-not-found", "upstream-refused"),
  },
});

function newFlags({ flags, flag }: NewGroupBody): GroupFlags {
  return flag === undefined ? withFlags(normalFlags, flags ?? {}) : decodeFlags(flag);
}

function namesAllFlags({ send, receive, store, loopback, other }: FlagChanges): boolean {
  return [send, receive, store, loopback, other].every((value) => value !== undefined);
}

/** The flags that a change ends in, or undefined where it leaves them alone. Reads the group if it must. */
async function changedFlags(
  client: Client,
  { flags, flag }: GroupChangeBody,
  lookup: Lookup,
): Promise<GroupFlags | undefined> {
  if (flag !== undefined) return decodeFlags(flag);
  if (flags === undefined || Object.keys(flags).length === 0) return undefined;
  if (namesAllFlags(flags)) return withFlags(normalFlags, flags);
  try {
    return withFlags((await findGroup(client, lookup)).flags, flags);
  } catch (error) {
    if (!cannotTell(error)) throw error;
    throw new ProblemError("upstream-cannot-list", {
      detail:
        "The group's other flags cannot be read, so they cannot be kept. Give flag, or all five flags. Nothing was changed.",
      members: { gid: lookup.gid },
    });
  }
}

/** The group, or undefined where it cannot be told. A change is done all the same. */
async function tellAfterwards(client: Client, lookup: Lookup) {
  try {
    return viewGroup(await findGroup(client, lookup));
  } catch (error) {
    if (error instanceof ProblemError || error instanceof MesiboError) return undefined;
    throw error;
  }
}

/** The routes of groups. */
export function groupRoutes(client: Client): Router {
  const router = createRouter();
  const inTurn = createTurns();

  // A caller who goes away stops what reads, never what changes: a change that was sent goes on in mesibo
  // whatever we do, and to stop listening would only lose its outcome. So no change gets the request's signal.

  router.openapi(create, async (c) => {
    const body = c.req.valid("json");
    const { name, expires_in_seconds: expiry, expiry_extension_seconds: expiryext, active } = body;
    const settings = { name, flags: newFlags(body), expiry, expiryext, active };
    const { gid } = await client.groups.create(settings);
    if (gid < 1 || gid > MAX_GID) {
      throw new ProblemError("upstream-protocol", {
        detail: `mesibo answered with the gid ${gid}, which no group can have. The group may exist: look before you create it again.`,
        members: { may_have_happened: true },
      });
    }
    const group = viewGroup({
      gid,
      name,
      flags: settings.flags,
      expiry: expiry ?? DEFAULT_GROUP_EXPIRY,
      expiryext: expiryext ?? 0,
      active: active ?? true,
    });
    return c.json(group, 201, { location: `/v1/groups/${gid}` });
  });

  router.openapi(list, async (c) => {
    const { limit: count = DEFAULT_LIMIT, "filter[name]": pattern } = c.req.valid("query");
    const { rows, complete } = await listGroups(client, { count, pattern, signal: c.req.raw.signal });
    return c.json({ items: rows.map(viewGroup), next_cursor: null, directory: { complete } }, 200);
  });

  router.openapi(get, async (c) => {
    const { gid } = c.req.valid("param");
    return c.json(viewGroup(await findGroup(client, { gid, signal: c.req.raw.signal })), 200);
  });

  router.openapi(change, async (c) => {
    const { gid } = c.req.valid("param");
    const body = c.req.valid("json");
    const lookup = { gid };
    const group = await inTurn(gid, async () => {
      const settings: GroupSettings = {
        name: body.name,
        flags: await changedFlags(client, body, lookup),
        expiry: body.expires_in_seconds,
        expiryext: body.expiry_extension_seconds,
        active: body.active,
      };
      if (Object.values(settings).every((value) => value === undefined)) {
        return viewGroup(await findGroup(client, lookup));
      }
      // The caller's own flags were checked; contradictory bits that the group already has are kept.
      await client.groups.edit({ gid, ...settings }, { keepConflicts: true });
      return tellAfterwards(client, lookup);
    });
    return group === undefined ? c.body(null, 204) : c.json(group, 200);
  });

  router.openapi(remove, async (c) => {
    await client.groups.delete(c.req.valid("param").gid);
    return c.body(null, 204);
  });

  return router;
}
