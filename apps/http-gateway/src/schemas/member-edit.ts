import { z } from "@hono/zod-openapi";
import { editOutcomes, editStatuses } from "../member-edits/edit.ts";
import { MAX_EDITS } from "../member-edits/limits.ts";
import { stopReasons } from "../member-edits/job.ts";
import { permissions } from "./member.ts";
import { address, nextCursor } from "./primitives.ts";

const OBJECT = "an object with an address and permissions";
const NO_BOTH = "left out where remove is true";
const REMOVE = "true, or left out";

/** A member of a list. */
export const memberLine = z.strictObject({ address, permissions }, { error: OBJECT }).openapi("MemberEntry", {
  example: {
    address: "alice@example.com",
    permissions: { send: true, receive: true, publish: false, subscribe: true, list: false },
  },
});

/** A member to add, to set or to remove. */
export const memberEditLine = z
  .strictObject(
    {
      address,
      permissions: permissions.optional(),
      remove: z.literal(true, { error: REMOVE }).optional(),
    },
    { error: `${OBJECT}, or with remove` },
  )
  .refine(({ permissions, remove }) => permissions === undefined || remove === undefined, {
    error: NO_BOTH,
    path: ["permissions"],
  })
  .refine(({ permissions, remove }) => permissions !== undefined || remove !== undefined, {
    error: "an object with send, receive, publish, subscribe and list, or remove",
    path: ["permissions"],
  })
  .openapi("MemberEdit", { example: { address: "bob@example.com", remove: true } });

const defaults = permissions.optional().openapi({
  description: "What those get who have no permissions of their own.",
});
const LIST = `a list of at most ${MAX_EDITS} members`;
const list = z.array(z.unknown(), { error: LIST }).max(MAX_EDITS, { error: LIST });

/** What is around the edits of a batch. They are read one by one. */
export const memberEditEnvelope = z.strictObject(
  { permissions: defaults, items: list },
  { error: "a JSON object" },
);

/** What is around a list of members. They are read one by one. */
export const memberListEnvelope = z.strictObject(
  { permissions: defaults, members: list },
  { error: "a JSON object" },
);

/** The body of a batch, for the document. */
export const memberBatch = z
  .strictObject({ permissions: defaults, items: z.array(memberEditLine).min(1).max(MAX_EDITS) })
  .openapi("MemberBatch", {
    example: {
      permissions: { send: true, receive: true, publish: false, subscribe: true, list: false },
      items: [{ address: "alice@example.com" }, { address: "bob@example.com", remove: true }],
    },
  });

/** The body of a desired list, for the document. */
export const desiredMembers = z
  .strictObject({ permissions: defaults, members: z.array(memberLine).max(MAX_EDITS) })
  .openapi("DesiredMembers", {
    example: {
      permissions: { send: true, receive: true, publish: false, subscribe: true, list: false },
      members: [{ address: "alice@example.com" }],
    },
  });

const upstream = z.object({
  op: z.string(),
  error: z.string(),
  code: z.number().optional(),
  cause: z.string().optional(),
  properties: z.array(z.string()).readonly().optional(),
});

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    detail: z.string(),
    sent: z.enum(["no", "maybe", "yes"]),
    upstream: upstream.optional(),
    isolated: z.literal(false).optional().openapi({
      description: "There where the address was never tried by itself: another one may be at fault.",
    }),
  })
  .openapi("MemberProblem");

const itemFields = {
  address: z.string(),
  status: z.enum(editOutcomes).openapi({
    description:
      "`unchanged`: it was so already, as far as the gateway knew. `refused`: definitely not done. `unknown`: sent, and nobody knows. `skipped`: never sent.",
  }),
  problem: problem.optional(),
};

/** What became of one address. */
const memberOutcome = z.object(itemFields).openapi("MemberOutcome", {
  example: { address: "alice@example.com", status: "added" },
});

/** What became of one address. */
export type MemberOutcome = z.output<typeof memberOutcome>;

const stoppedView = z
  .object({ reason: z.enum(stopReasons), detail: z.string() })
  .nullable()
  .openapi({ description: "What kept the rest from being sent; null where nothing did." });

const counts = {
  total: z.int(),
  succeeded: z.int().openapi({ description: "Added, updated, removed, or so already." }),
  failed: z.int().openapi({ description: "Refused: definitely not done." }),
  unknown: z.int().openapi({ description: "Sent, and nobody knows what came of it." }),
  skipped: z.int().openapi({ description: "Never sent." }),
  calls: z.int().openapi({ description: "Calls of mesibo." }),
  stopped: stoppedView,
};

/** How far an operation with many parts has come. */
export const progressView = z.object(counts).openapi("Progress");

const result = {
  operation: z.string().openapi({ description: "The path of the operation." }),
  gid: z.int(),
  ...counts,
};

/** What became of a batch, without its items. */
export const memberSummary = z.object(result);

/** What became of a batch. */
export const memberBatchResult = z
  .object({ ...result, items: z.array(memberOutcome) })
  .openapi("MemberBatchResult", {
    example: {
      operation: "/v1/operations/op_01KAR5V2Z6F5T1P0X9Y8Q7W3M4",
      gid: 102529,
      total: 2,
      succeeded: 2,
      failed: 0,
      unknown: 0,
      skipped: 0,
      calls: 2,
      stopped: null,
      items: [
        { address: "alice@example.com", status: "added" },
        { address: "bob@example.com", status: "removed" },
      ],
    },
  });

/** One line of a streamed answer. */
export const memberBatchLine = z
  .union([
    z.object({ type: z.literal("item"), ...itemFields }),
    z.object({ type: z.literal("summary"), ...result }),
  ])
  .openapi("MemberBatchLine", {
    description: "One line for each item as it becomes known, and a last one that sums up.",
    example: { type: "item", address: "alice@example.com", status: "added" },
  });

/** What a desired list would change. */
export const memberDifference = z
  .object({
    gid: z.int(),
    added: z.array(z.string()),
    updated: z.array(z.string()),
    removed: z.array(z.string()),
    unchanged: z.int(),
  })
  .openapi("MemberDifference", {
    example: { gid: 102529, added: ["alice@example.com"], updated: [], removed: [], unchanged: 41 },
  });

/** The parts of an operation, a page of them. */
export const operationItems = z
  .object({
    items: z.array(z.object({ ...itemFields, status: z.enum(editStatuses), position: z.int() })),
    next_cursor: nextCursor,
  })
  .openapi("OperationItems");
