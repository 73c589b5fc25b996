import { z } from "@hono/zod-openapi";

const key = z.string().openapi({
  description:
    "1 to 255 visible ASCII characters, such as a UUID: a new one for each new request, the same one to repeat.",
  pattern: '^([!#-~]{1,255}|"[!#-~]{1,255}")$',
  example: "5d0f7a8e-3b1c-4c53-9a8e-0e6a8b1d7f10",
});

// Loose: a request has headers of its own. What a header says is read by hand, because a missing key is a problem
// of its own.

/** A key that a request must have. */
export const needKeyHeader = z.looseObject({
  "idempotency-key": key
    .optional()
    .openapi({ param: { name: "idempotency-key", in: "header", required: true } }),
});

/** A key that a request may have. */
export const keyHeader = z.looseObject({ "idempotency-key": key.optional() });

/** Whether the caller would rather not wait. */
export const prefer = {
  prefer: z
    .string()
    .optional()
    .openapi({ description: "`respond-async` for an operation at once.", example: "respond-async" }),
};

/** The version that a change is meant for. */
export const ifMatch = keyHeader.extend({
  "if-match": z
    .string()
    .optional()
    .openapi({ description: "The ETag of the version to change.", example: '"3"' }),
});

// Plain, because reads are many: for a schema hono reads all headers of a request, to check what any text fits.

/** The version that a reader has already. */
export const ifNoneMatch = {
  name: "if-none-match",
  in: "header",
  required: false,
  description: "The ETag of the version that you have.",
  schema: { type: "string" },
} as const;

/** The version of what an answer shows. */
export const etagHeader = z.object({ ETag: z.string().openapi({ example: '"3"' }) });
