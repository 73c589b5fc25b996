import { z } from "@hono/zod-openapi";
import { checkFlags, decodeFlags, DELETE_BIT, MAX_FLAG_WORD } from "@mesibo-groups/core";
import { toggle, whole } from "./primitives.ts";

const sendModes = ["members", "selected", "anyone"] as const;
const receiveModes = ["members", "selected", "in_turn"] as const;

const send = z.enum(sendModes, { error: `one of ${sendModes.join(", ")}` });
const receive = z.enum(receiveModes, { error: `one of ${receiveModes.join(", ")}` });

const OTHER = "the bits that are none of the other fields, as a whole number from 0 to 2147483647";

const other = z
  .int({ error: OTHER })
  // mesibo: the DELETE bit is a transient marker and never stored (HDR).
  .refine((bits) => bits >= 0 && bits < DELETE_BIT && decodeFlags(bits).other === bits, { error: OTHER })
  .openapi({ minimum: 0, maximum: DELETE_BIT - 1 });

/** Flags as a request gives them: the fields that it names. */
export const flagFields = z
  .strictObject(
    {
      send: send.optional(),
      receive: receive.optional(),
      store: toggle.optional(),
      loopback: toggle.optional(),
      other: other.optional(),
    },
    { error: "an object with some of send, receive, store, loopback and other" },
  )
  .openapi("FlagFields", {
    description: "A new group starts from the normal flags; a change keeps what it does not name.",
    example: { send: "selected", loopback: true },
  });

const settles = (word: number): boolean =>
  checkFlags(decodeFlags(word)).every(({ kind }) => kind !== "contradiction" && kind !== "undefined_choice");

/** Flags as a request gives them: the whole word. */
export const flagWord = whole({ from: 0, to: MAX_FLAG_WORD })
  .refine(settles, {
    error: "free of contradictory bits: one choice of who sends (1 or 2) and one of who receives (16 or 32)",
  })
  .refine((word) => word < DELETE_BIT, {
    error: "free of the bit 0x80000000, which mesibo does not store",
  })
  .openapi({ description: "The flag word. Give this or `flags`, not both.", example: 17 });

/** Flags as an answer shows them. */
export const flagsView = z
  .object({
    send: z.enum(sendModes).openapi({ description: "Who may send." }),
    receive: z.enum(receiveModes).openapi({ description: "Who receives." }),
    store: z.boolean().openapi({ description: "Messages are kept for members who are offline." }),
    loopback: z.boolean().openapi({ description: "A sender receives their own message too." }),
    other: z.int().openapi({ description: "Every other bit, in its place." }),
  })
  .openapi("Flags", {
    example: { send: "selected", receive: "selected", store: true, loopback: true, other: 0 },
  });

const BASE = "one text: a flag as decimal, 0x hexadecimal, 0b binary or names, such as restricted";

/** The body of a flag to build. */
export const newFlag = z
  .strictObject(
    {
      base: z.string({ error: BASE }).optional().openapi({
        description:
          "Where to begin, in any form that `GET /v1/flags/{value}` reads. Default: the normal flags.",
        example: "restricted",
      }),
      flags: flagFields.optional(),
    },
    { error: "a JSON object" },
  )
  .openapi("NewFlag", { example: { base: "restricted", flags: { loopback: true } } });

/** A flag word with all there is to say about it. */
export const flagExplanation = z
  .object({
    flag: z.int(),
    flag_hex: z.string(),
    flag_names: z.string(),
    flags: flagsView,
    sentence: z.string(),
    bits: z.array(
      z.object({
        bit: z.int(),
        bit_hex: z.string(),
        name: z.string().nullable(),
        meaning: z.string(),
        source: z.string(),
        confidence: z.enum(["documented", "recorded", "assumed"]),
      }),
    ),
    issues: z.array(
      z.object({
        kind: z.enum(["contradiction", "undefined_choice", "undocumented_bit", "surprise"]),
        bits: z.int(),
        message: z.string(),
        confidence: z.enum(["documented", "recorded", "assumed"]),
      }),
    ),
  })
  .openapi("FlagExplanation");
