import * as z from "zod/mini";
import { decodeFlags, encodeFlags, MAX_FLAG_WORD, normalFlags, type GroupFlags } from "../domain/flags.ts";
import { MAX_GID } from "../domain/group.ts";

// Named codecs between a parameter's text and its domain value. The messages say what was expected, because
// a refusal shows them to the caller.

const wholeText = (pattern: RegExp, expected: string) =>
  z.string().check(z.regex(pattern, { error: expected }));

/** A whole number within bounds. */
const whole = (pattern: RegExp, minimum: number, maximum: number) => {
  const expected = `a whole number from ${minimum} to ${maximum}`;
  return z.codec(
    wholeText(pattern, expected),
    z
      .int({ error: expected })
      .check(z.minimum(minimum, { error: expected }), z.maximum(maximum, { error: expected })),
    { decode: Number, encode: String },
  );
};

/** A group id, 1 to 4294967295. */
export const gid = whole(/^\d{1,10}$/, 1, MAX_GID);

/** Unsigned 32-bit. */
export const uint = whole(/^\d{1,10}$/, 0, 2 ** 32 - 1);

/** A whole number that may be negative: mesibo's callers send 0 and -1 for "the default". */
export const integer = whole(/^-?\d{1,10}$/, -(2 ** 31), 2 ** 32 - 1);

/** A switch: `1` or `0`; `true` and `false` are read too (JSON booleans arrive as 1 and 0). */
export const bit = z.codec(wholeText(/^(?:[01]|true|false)$/, "1 or 0"), z.boolean(), {
  decode: (text) => text === "1" || text === "true",
  encode: (on) => (on ? "1" : "0"),
});

/** Any text. */
export const text = z.string();

/**
 * A flag word, decimal or `0x` hexadecimal.
 *
 * mesibo: the official playground sends `0x20` literally (PG), so hexadecimal must be read.
 */
export const flags = z.codec(
  wholeText(/^(?:\d{1,10}|0x[\da-f]{1,8})$/i, `a flag from 0 to ${MAX_FLAG_WORD}, decimal or 0x`),
  z.custom<GroupFlags>(),
  {
    decode: (word, context) => {
      const value = Number(word);
      // Most groups are normal, and need no flags of their own.
      if (value === 0) return normalFlags;
      if (value <= MAX_FLAG_WORD) return decodeFlags(value);
      context.issues.push({
        code: "custom",
        input: word,
        message: `a flag from 0 to ${MAX_FLAG_WORD}, decimal or 0x`,
      });
      return z.NEVER;
    },
    encode: (value) => String(encodeFlags(value)),
  },
);

/**
 * A lone address, trimmed as the items of a list are: `addr=+1555`, whose plus is a space in a form, and
 * `m=+1555` must name the same user (assumed: section 10, rows 12 and 23).
 */
export const address = z.codec(z.string(), z.string().check(z.minLength(1, { error: "an address" })), {
  decode: (written) => written.trim(),
  encode: (trimmed) => trimmed,
});

/**
 * mesibo's comma list of addresses.
 *
 * mesibo: callers send empty and duplicate items routinely and succeed (MAB), so they are dropped; items are
 * trimmed and the order is kept (assumed: section 10, row 12).
 */
export const addresses = z.codec(z.string(), z.readonly(z.array(z.string())), {
  decode: (list) => [...new Set(list.split(",").map((item) => item.trim()))].filter((item) => item !== ""),
  encode: (items) => items.join(","),
});

const answerNumbers = z.union([z.number(), z.string().check(z.regex(/^\d{1,15}$/))]);
const answerBits = z.union([z.boolean(), z.literal([0, 1, "0", "1"])]);

const numberWritten = (encode: (value: number) => number | string, maximum = Number.MAX_SAFE_INTEGER) =>
  z.codec(answerNumbers, z.int().check(z.minimum(0), z.maximum(maximum)), { decode: Number, encode });

const asNumber = (value: number): number => value;

const bitWritten = (encode: (on: boolean) => boolean | 0 | 1 | "0" | "1") =>
  z.codec(answerBits, z.boolean(), { decode: (value) => Number(value) === 1, encode });

// Every spelling of an answer is read wherever one is expected; what is written differs.

/** A number in an answer. */
export const answerNumber = numberWritten(asNumber);

/** A gid in an answer: a number in every generation (recorded, ND). A larger one is no gid. */
export const answerGid = numberWritten(asNumber, MAX_GID);

/** A switch in an answer, written as a boolean (PARK). */
export const answerBit = bitWritten((on) => on);

/** How an answer writes the numbers and switches of a row. */
export interface Spelling {
  readonly number: typeof answerNumber;
  /** Unsigned 32-bit. */
  readonly word: typeof answerNumber;
  readonly bit: typeof answerBit;
}

/** v2 writes numbers, switches as 1 and 0 (ROWN). */
export const numeric: Spelling = {
  number: answerNumber,
  word: numberWritten(asNumber, MAX_FLAG_WORD),
  bit: bitWritten((on) => (on ? 1 : 0)),
};

/** v1 writes text (recorded, ND). */
export const textual: Spelling = {
  number: numberWritten(String),
  word: numberWritten(String, MAX_FLAG_WORD),
  bit: bitWritten((on) => (on ? "1" : "0")),
};
