import * as z from "zod/mini";
import { ControlProblem } from "../problem.ts";
import { defineRoute, noBody, noQuery, worldOf, type Route } from "../route.ts";
import { delivery } from "../schemas.ts";

/** Messages as delivered, and who is online to receive them. */
export const deliveryRoutes: readonly Route[] = [
  defineRoute({
    method: "get",
    path: "/worlds/{token}/deliveries",
    id: "listDeliveries",
    summary: "Messages on their way to each address, oldest first, the latest 10,000.",
    query: z.strictObject({
      address: z.optional(z.string()),
      gid: z.optional(z.string().check(z.regex(/^\d{1,10}$/, "must be a gid"))),
    }),
    body: noBody,
    answers: {
      200: { description: "The deliveries.", schema: z.object({ deliveries: z.array(delivery) }) },
    },
    problems: ["unknown-token"],
    handle: ({ query: { address, gid: wanted }, ...request }) => {
      const deliveries = worldOf(request).world.deliveries.filter(
        (each) =>
          (address === undefined || each.to === address) &&
          (wanted === undefined || each.gid === Number(wanted)),
      );
      return { status: 200, json: { deliveries } };
    },
  }),
  defineRoute({
    method: "put",
    path: "/worlds/{token}/presence",
    id: "putPresence",
    summary:
      "Says who is online. Who comes online gets what waits for them; who is offline gets nothing unstored.",
    query: noQuery,
    body: z.record(z.string(), z.boolean()),
    answers: {
      200: { description: "Who is online.", schema: z.object({ online: z.array(z.string()) }) },
    },
    problems: ["unknown-token", "unknown-user"],
    handle: ({ body, ...request }) => {
      const entry = worldOf(request);
      if (!request.context.worlds.setOnline(entry, body)) {
        const unknown = Object.keys(body).find((address) => !entry.world.uids.has(address)) ?? "";
        throw new ControlProblem("unknown-user", `${JSON.stringify(unknown)} is no user of this world.`);
      }
      const online = [...entry.world.users.values()].filter((user) => user.online);
      return { status: 200, json: { online: online.map(({ address }) => address) } };
    },
  }),
];
