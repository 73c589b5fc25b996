import { z } from "@hono/zod-openapi";

/** A problem (RFC 9457) as the document describes it. */
export const problemSchema = z
  .looseObject({
    type: z.string().openapi({ description: "Relative to the gateway; a page is at this path." }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().openapi({ description: "The request's id, also in the header X-Request-Id." }),
    retryable: z.boolean().openapi({ description: "The same request may be sent again as it is." }),
    sent: z.enum(["no", "maybe", "yes"]).openapi({ description: "Whether anything was sent to mesibo." }),
    errors: z
      .array(
        z.object({
          in: z.enum(["body", "path", "query", "header"]),
          pointer: z.string(),
          code: z.string(),
          detail: z.string(),
        }),
      )
      .optional(),
    upstream: z
      .object({
        op: z.string(),
        error: z.string(),
        code: z.number().optional(),
        cause: z.string().optional(),
        properties: z.array(z.string()).optional(),
      })
      .optional(),
    may_have_happened: z.boolean().optional(),
    gid: z.int().optional(),
    operation: z.string().optional().openapi({ description: "The path of the operation." }),
    etag: z.string().optional().openapi({ description: "The ETag of what is there now." }),
    removals: z.int().optional().openapi({ description: "How many members the list would remove." }),
    allow: z.array(z.string()).optional(),
    required_scope: z.string().optional(),
    checks: z.array(z.object({ name: z.string(), ok: z.boolean(), reason: z.string() })).optional(),
    oldest_event_id: z.int().optional(),
    newest_event_id: z.int().optional(),
    "violated-policies": z.array(z.string()).optional(),
  })
  .openapi("Problem");
