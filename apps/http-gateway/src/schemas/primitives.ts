import { z } from "@hono/zod-openapi";
import { addressFault, MAX_ADDRESS_BYTES, MAX_GID, type AddressFault } from "@mesibo-groups/core";

// Every message is what was expected; validation.ts makes the sentence.

/** A whole number within bounds, as JSON. */
export function whole({ from, to }: { readonly from: number; readonly to: number }) {
  const expected = `a whole number from ${from} to ${to}`;
  // Out of bounds is enough said about a number; what else is asked of it is not looked at then.
  const bound = { error: expected, abort: true };
  return z.int({ error: expected }).min(from, bound).max(to, bound);
}

/** A whole number within bounds, as the text of a path or a query. */
export function wholeText({ from, to }: { readonly from: number; readonly to: number }) {
  const expected = `a whole number from ${from} to ${to}`;
  return z
    .string({ error: expected })
    .refine((text) => /^(?:0|[1-9]\d{0,9})$/.test(text) && Number(text) >= from && Number(text) <= to, {
      error: expected,
    })
    .transform(Number)
    .openapi({ type: "integer", minimum: from, maximum: to });
}

/** true or false. */
export const toggle = z.boolean({ error: "true or false" });

/** true or false, as the text of a query. */
export const toggleText = z
  .enum(["true", "false"], { error: "true or false" })
  .transform((text) => text === "true")
  .openapi({ type: "boolean" });

/**
 * The longest name in bytes of UTF-8.
 *
 * mesibo: no source gives a limit. This one is ours, so that a page, an event or a row stays small.
 */
const MAX_NAME_BYTES = 1024;

const TEXT = `a text of 1 to ${MAX_NAME_BYTES} bytes in UTF-8, without NUL or halves of surrogate pairs`;

/** Whether a text can be kept anywhere: PostgreSQL takes neither NUL nor halves of surrogate pairs. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes("\0");

/**
 * A group's name.
 *
 * mesibo: an empty name means "leave it alone" in groupset (CON), so it would be taken and ignored.
 */
export const groupName = z
  .string({ error: TEXT })
  .refine((text) => text !== "" && isStorable(text) && Buffer.byteLength(text) <= MAX_NAME_BYTES, {
    error: TEXT,
  })
  .openapi({ minLength: 1, example: "News" });

const addressExpectations = {
  empty: "an address, not empty",
  too_long: `an address of at most ${MAX_ADDRESS_BYTES} bytes in UTF-8`,
  comma: "an address without a comma, because mesibo lists addresses with commas",
  control: "an address without control characters",
  surrounding_space: "an address without spaces around it",
} satisfies Record<AddressFault, string>;

/** A user's address. */
export const address = z
  .string({ error: "an address" })
  .superRefine((text, context) => {
    const fault = addressFault(text);
    if (fault !== undefined) context.addIssue({ code: "custom", message: addressExpectations[fault] });
  })
  .openapi({
    description: `Opaque text of at most ${MAX_ADDRESS_BYTES} bytes, without commas and control characters. Percent-encode it in a path; the addresses "." and ".." cannot be in one.`,
    example: "alice@example.com",
  });

/** The gid in a path. */
export const gidParam = z.object({
  gid: wholeText({ from: 1, to: MAX_GID }).openapi({
    param: { name: "gid", in: "path" },
    description: "The group's id.",
    example: 102529,
  }),
});

/** The gid and the address in a path. */
export const memberParam = gidParam.extend({
  address: address.openapi({ param: { name: "address", in: "path" } }),
});

/** How many rows a listing answers with at most. */
export const limit = wholeText({ from: 1, to: 1000 })
  .optional()
  .openapi({ description: "How many rows at most. Default: 100.", example: 100 });

/** What `limit` is when it is not given. */
export const DEFAULT_LIMIT = 100;

/** Where a listing goes on. */
export const nextCursor = z.string().nullable().openapi({
  description: "The `cursor` of the next page; null at the end.",
});

/** Where a listing is to go on. */
export const cursor = z
  .string({ error: "one text" })
  .optional()
  .openapi({ description: "The `next_cursor` of the page before." });
