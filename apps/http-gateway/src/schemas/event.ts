import { z } from "@hono/zod-openapi";
import { MAX_GID } from "@mesibo-groups/core";
import { eventTypes } from "../journal/events.ts";
import { typesOf } from "../event-stream/filter.ts";
import { wholeText } from "./primitives.ts";

/** 15 digits: more than there will be, and exact as a number. */
const MAX_EVENT_ID = 999_999_999_999_999;

const ID = "the id of an event, a whole number from 0";

const eventId = z
  .string({ error: ID })
  .refine((text) => /^(?:0|[1-9]\d{0,14})$/.test(text), { error: ID })
  .transform(Number)
  .openapi({ type: "integer", minimum: 0, maximum: MAX_EVENT_ID });

const TYPES = `types with commas between, of ${eventTypes.join(", ")}, or with a star such as group.*`;

/** Which events to stream, and from where. */
export const eventQuery = z.strictObject({
  after: eventId.optional().openapi({
    description: "The last event that you have. 0 is the beginning; left out, the stream begins now.",
    example: 0,
  }),
  types: z
    .string({ error: TYPES })
    .refine((text) => text.split(",").every((pattern) => typesOf(pattern).length > 0), { error: TYPES })
    .optional()
    .openapi({ description: "Only these types. A star stands for the rest of a name.", example: "group.*" }),
  gid: wholeText({ from: 1, to: MAX_GID })
    .optional()
    .openapi({ description: "Only what is about this group.", example: 102529 }),
  follow: z.enum(["true", "false"], { error: "true or false" }).optional().openapi({
    description: "false: the stream ends with the newest event. Default: true.",
    example: "false",
  }),
});

/** Where a stream was cut. It wins over `after`, because a browser repeats the first URL when it asks again. */
export const lastEventId = z.looseObject({
  "last-event-id": z
    .union([z.literal(""), eventId], { error: ID })
    .optional()
    .openapi({
      description: "The last event that you have. Wins over `after`.",
      type: "integer",
      minimum: 0,
      maximum: MAX_EVENT_ID,
    }),
});

/** An event, as each `data:` line of the stream holds it. */
export const eventView = z
  .object({
    id: z
      .int()
      .openapi({ description: "Rises with every change. What is missing between two was never there." }),
    type: z.string().openapi({ description: `One of ${eventTypes.join(", ")}.` }),
    gid: z.int().nullable(),
    subject: z
      .string()
      .nullable()
      .openapi({ description: "An address, an operation or an API key, by the type." }),
    at: z.iso.datetime(),
    data: z.unknown().openapi({
      description: "What is there now: the group or the member as a GET shows it, or what was done.",
    }),
  })
  .openapi("Event");

/** An event, as each `data:` line of the stream holds it. */
export type EventView = z.output<typeof eventView>;
