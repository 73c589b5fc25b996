import { z } from "@hono/zod-openapi";
import { MAX_GID } from "@mesibo-groups/core";
import { operationKinds, operationStates } from "../operations/operation.ts";
import { progressView } from "./member-edit.ts";
import { nextCursor, whole } from "./primitives.ts";

/** The id in a path. */
export const operationParam = z.object({
  id: z.string().openapi({ param: { name: "id", in: "path" }, example: "op_01KAR5V2Z6F5T1P0X9Y8Q7W3M4" }),
});

/** An operation as an answer shows it. */
export const operationView = z
  .object({
    id: z.string(),
    kind: z.enum(operationKinds),
    state: z.enum(operationStates).openapi({
      description:
        "`sending`: under way. `unknown`: sent, and nobody knows what came of it. `resolved`: was unknown, and has been settled.",
    }),
    actor: z.string().openapi({ description: "The id of the API key that asked." }),
    request_id: z.string(),
    trace_id: z.string().nullable().openapi({
      description: "The trace that the request was part of, from its `traceparent`; null where it had none.",
    }),
    gid: z.int().nullable(),
    request: z.unknown().openapi({ description: "What was asked for; a flag is mesibo's word." }),
    progress: progressView
      .nullable()
      .openapi({ description: "How far a list of members has come; its parts are at `/items`." }),
    cancel_asked_at: z.iso
      .datetime()
      .nullable()
      .openapi({ description: "When somebody asked to stop it; null where nobody has." }),
    answer: z
      .object({ status: z.int(), body: z.unknown() })
      .nullable()
      .openapi({ description: "What a repetition of the request is answered with." }),
    resolution: z
      .object({
        outcome: z.enum(["happened", "did_not_happen", "retried"]),
        gid: z.int().nullable(),
        by: z.string(),
        at: z.iso.datetime(),
      })
      .nullable(),
    created_at: z.iso.datetime(),
    ended_at: z.iso.datetime().nullable(),
  })
  .openapi("Operation");

/** An operation as an answer shows it. */
export type OperationView = z.output<typeof operationView>;

/** Operations as a listing shows them. */
export const operationList = z
  .object({ items: z.array(operationView), next_cursor: nextCursor })
  .openapi("OperationList");

const RISK = "true: mesibo makes a second group if the first one is there after all";

/** The body of a resolution. */
export const resolutionBody = z
  .union(
    [
      z.strictObject({
        outcome: z.literal("happened"),
        gid: whole({ from: 1, to: MAX_GID })
          .optional()
          .openapi({ description: "Needed for a create: the group that turned out to be there." }),
      }),
      z.strictObject({ outcome: z.literal("did_not_happen") }),
      z.strictObject({
        outcome: z.literal("retried"),
        accept_duplicate_risk: z.literal(true, { error: RISK }).optional(),
      }),
    ],
    {
      error:
        '{"outcome":"happened"} with the gid of a created group, {"outcome":"did_not_happen"}, or {"outcome":"retried"} with "accept_duplicate_risk":true for a create',
    },
  )
  .openapi("Resolution", { example: { outcome: "happened", gid: 102529 } });
