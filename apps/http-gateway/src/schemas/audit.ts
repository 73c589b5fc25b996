import { z } from "@hono/zod-openapi";
import { MAX_GID } from "@mesibo-groups/core";
import { cursor, limit, nextCursor, wholeText } from "./primitives.ts";

const TEXT = "one text";
const MOMENT = "a moment such as 2026-11-29T12:00:00Z";

const text = z.string({ error: TEXT }).min(1, { error: TEXT }).optional();

const moment = z.iso
  .datetime({ error: MOMENT, offset: true })
  .transform((written) => Date.parse(written))
  .optional();

/** Which entries of the audit. */
export const auditQuery = z.strictObject({
  limit,
  cursor,
  gid: wholeText({ from: 1, to: MAX_GID })
    .optional()
    .openapi({ description: "Only what is about this group." }),
  actor: text.openapi({
    description: "Only what this API key did, by its id; `operator` is the command line, `gateway` itself.",
    example: "operator",
  }),
  action: text.openapi({ description: "Only this action.", example: "delete_group" }),
  outcome: text.openapi({ description: "Only what ended so.", example: "unknown" }),
  from: moment.openapi({ type: "string", format: "date-time", description: "Not before this moment." }),
  to: moment.openapi({ type: "string", format: "date-time", description: "Before this moment." }),
});

/** One entry of the audit. */
const auditView = z
  .object({
    id: z.int(),
    at: z.iso.datetime(),
    actor: z.string().openapi({ description: "The id of an API key; `operator` or `gateway`." }),
    action: z.string(),
    gid: z.int().nullable(),
    subject: z
      .string()
      .nullable()
      .openapi({ description: "What else it is about: an address, or an API key." }),
    operation: z.string().nullable(),
    request_id: z.string(),
    outcome: z.string().openapi({ description: "The state of the operation after it." }),
    previous: z.string().openapi({ description: "The `hash` of the entry before; 64 zeros for the first." }),
    hash: z.string().openapi({
      description:
        "SHA-256 over the JSON list of previous, the Unix milliseconds of at, actor, action, gid, subject, operation, request_id and outcome.",
    }),
  })
  .openapi("AuditEntry");

/** One entry of the audit. */
export type AuditView = z.output<typeof auditView>;

/** A page of the audit. */
export const auditList = z
  .object({ items: z.array(auditView), next_cursor: nextCursor })
  .openapi("AuditList");
