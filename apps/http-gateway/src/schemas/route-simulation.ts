import { z } from "@hono/zod-openapi";
import { address } from "./primitives.ts";

/** The most addresses in a request, and in an answer. */
export const MAX_LISTED = 1000;

const OFFLINE = `a list of at most ${MAX_LISTED} addresses`;

/** A message that nobody sends. */
export const routeSimulation = z
  .strictObject(
    {
      sender: address.openapi({ description: "Any address, a member's or not." }),
      offline: z
        .array(address, { error: OFFLINE })
        .max(MAX_LISTED, { error: OFFLINE })
        .optional()
        .openapi({ description: "Who is offline. Default: nobody." }),
      last_in_turn: address.optional().openapi({
        description:
          "Where one member receives in turn: who received the message before. Default: nobody, so that the round begins.",
      }),
    },
    { error: "a JSON object with sender" },
  )
  .openapi("RouteSimulation", { example: { sender: "alice@example.com", offline: ["bob@example.com"] } });

/** Who would get the message, and why. */
export const simulatedRoute = z
  .object({
    gid: z.int(),
    sender: z.string(),
    sender_is_member: z.boolean(),
    accepted: z.boolean().openapi({ description: "False when the sender may not send." }),
    recipient_count: z.int(),
    recipients: z
      .array(
        z.object({
          address: z.string(),
          outcome: z.enum(["delivered", "stored", "missed"]).openapi({
            description:
              "`stored`: offline, and kept for them. `missed`: offline, and the group keeps nothing.",
          }),
        }),
      )
      .openapi({ description: `By address, at most ${MAX_LISTED} of them.` }),
    last_in_turn: z.string().nullable().openapi({
      description:
        "Who has had the turn then; null where the group has no turns. The gateway does not know the order of joining by which mesibo goes, and takes members by address.",
    }),
    because: z
      .array(
        z.object({
          rule: z.string(),
          sentence: z.string(),
          source: z.string(),
          confidence: z.enum(["documented", "recorded", "assumed"]),
        }),
      )
      .openapi({ description: "The rules that decide, the sender's first." }),
  })
  .openapi("SimulatedRoute");
