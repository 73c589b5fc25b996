import { createRoute } from "@hono/zod-openapi";
import { route } from "@mesibo-groups/core";
import { requireJson } from "../body.ts";
import { asRouted } from "../directory/groups.ts";
import { knownGroup } from "../directory/known.ts";
import { allMembers } from "../directory/members.ts";
import type { Router } from "../environment.ts";
import type { Engine } from "../operations/engine.ts";
import { jsonResponse, problemResponses, readingRoute, security } from "../responses.ts";
import { createRouter } from "../router.ts";
import { gidParam } from "../schemas/primitives.ts";
import { MAX_LISTED, routeSimulation, simulatedRoute } from "../schemas/route-simulation.ts";
import { viewRule } from "../views.ts";

const simulate = createRoute({
  method: "post",
  path: "/groups/{gid}/route-simulations",
  operationId: "simulateRoute",
  tags: ["permissions"],
  security,
  summary: "Who would get a message, and why",
  description: "Answered from what the gateway knows. Sends nothing, calls nobody, and changes nothing.",
  middleware: requireJson("application/json"),
  request: {
    params: gidParam,
    body: { required: true, content: { "application/json": { schema: routeSimulation } } },
  },
  responses: {
    200: jsonResponse("Who would get it", simulatedRoute),
    ...problemResponses(...readingRoute, "unsupported-media-type", "group-not-known"),
  },
});

/** The route that simulates routes. */
export function routeSimulationRoutes(engine: Engine): Router {
  const { store, now } = engine;
  const router = createRouter();

  router.openapi(simulate, async (c) => {
    const { gid } = c.req.valid("param");
    const { sender, offline = [], last_in_turn: last } = c.req.valid("json");
    const group = asRouted(await knownGroup(engine, gid), now());
    const members = await allMembers(store, gid);
    // -1 for nobody, and for somebody who is no member any more.
    const cursor = members.findIndex(({ address }) => address === last);
    const found = route({ group, members, sender, cursor });
    const away = new Set(offline);
    const whenAway = found.stored ? "stored" : "missed";
    return c.json(
      {
        gid,
        sender,
        sender_is_member: members.some(({ address }) => address === sender),
        accepted: found.accepted,
        recipient_count: found.recipients.length,
        recipients: found.recipients
          .slice(0, MAX_LISTED)
          .map((address) => ({ address, outcome: away.has(address) ? whenAway : ("delivered" as const) })),
        last_in_turn: group.flags.receive === "in_turn" ? (members[found.cursor]?.address ?? null) : null,
        because: found.because.map(viewRule),
      },
      200,
    );
  });

  return router;
}
