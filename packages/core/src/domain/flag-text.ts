import { flagBits } from "./flag-bits.ts";
import { decodeFlags, encodeFlags, MAX_FLAG_WORD, type GroupFlags } from "./flags.ts";
import { nearest } from "./nearest.ts";
import { flagPresets } from "./presets.ts";

/** The ways to write a flag word down. Each one is read back by {@link parseFlags}. */
export type FlagFormat = "decimal" | "hex" | "binary" | "names";

/** Why a text is not a flag word. */
export interface FlagFault {
  /** The part that could not be read, or the whole text. */
  readonly token: string;
  readonly reason: "empty" | "negative" | "fraction" | "leading_zero" | "over_32_bits" | "unknown_name";
  /** The nearest known name, for an unknown one. */
  readonly nearest?: string | undefined;
  /** One sentence for people. */
  readonly message: string;
}

/** What {@link parseFlags} answers. */
export type FlagParse =
  | { readonly ok: true; readonly flags: GroupFlags }
  | { readonly ok: false; readonly fault: FlagFault };

// `SEND_SELECTED`, `sendSelected`, `send-selected` and mesibo's `MESIBO_GROUPFLAG_SENDBYSELECTED` all read alike.
const plain = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[-_]/g, "")
    .replace(/^mesibogroupflag/, "");

const words = new Map<string, number>();
for (const [name, flags] of Object.entries(flagPresets)) words.set(plain(name), encodeFlags(flags));
for (const { name, sdkName, bit } of flagBits) words.set(plain(name), bit).set(plain(sdkName), bit);

const knownNames = [...Object.keys(flagPresets), ...flagBits.map(({ name }) => name)];

function nearestName(token: string): string | undefined {
  const found = nearest(plain(token.slice(0, 40)), knownNames.map(plain));
  return knownNames.find((name) => plain(name) === found);
}

const sentences = {
  empty: () => "A flag is missing: give a number such as 17 or 0x11, or names such as send-selected.",
  negative: (token) => `${token} is negative: a flag is a number from 0 to ${MAX_FLAG_WORD}.`,
  fraction: (token) => `${token} is not a whole number: a flag is a number from 0 to ${MAX_FLAG_WORD}.`,
  leading_zero: (token) => `${token} starts with a zero: write decimal without it, or 0x for hexadecimal.`,
  over_32_bits: (token) => `${token} does not fit 32 bits: the largest flag is ${MAX_FLAG_WORD}.`,
  unknown_name: (token) => `${token} is neither a number nor the name of a flag.`,
} satisfies Record<FlagFault["reason"], (token: string) => string>;

function fault(token: string, reason: FlagFault["reason"]): FlagFault {
  const shown = token.length > 40 ? `${token.slice(0, 40)}…` : token;
  const near = reason === "unknown_name" ? nearestName(token) : undefined;
  const hint = near === undefined ? "" : ` Did you mean ${near}?`;
  return { token: shown, reason, nearest: near, message: `${sentences[reason](shown)}${hint}` };
}

function readNumber(value: number, token: string): number | FlagFault {
  if (value < 0) return fault(token, "negative");
  if (value > MAX_FLAG_WORD) return fault(token, "over_32_bits");
  return Number.isInteger(value) ? value : fault(token, "fraction");
}

function readWord(token: string): number | FlagFault {
  if (/^-[\d.]/.test(token)) return fault(token, "negative");
  if (/^\d*\.\d*$/.test(token)) return fault(token, "fraction");
  if (/^0\d+$/.test(token)) return fault(token, "leading_zero");
  if (/^(?:\d+|0x[\da-f_]*[\da-f]|0b[01_]*[01])$/i.test(token)) {
    return readNumber(Number(token.replaceAll("_", "")), token);
  }
  return words.get(plain(token)) ?? fault(token, "unknown_name");
}

/**
 * Reads a flag word from a number or from text: decimal, `0x`, `0b`, names, or several joined by `|`, `,`,
 * `+` or spaces. Never guesses: a leading zero is not octal and the empty text is not 0.
 *
 * Names are those of `flagBits` and `flagPresets` in kebab, snake or camel case, and mesibo's SDK names.
 *
 * @example
 * ```ts
 * import { encodeFlags, parseFlags } from "@mesibo-groups/core";
 *
 * const parsed = parseFlags("restricted | loopback");
 * console.assert(parsed.ok && encodeFlags(parsed.flags) === 145);
 * ```
 */
export function parseFlags(input: number | string): FlagParse {
  const tokens = typeof input === "number" ? [input] : input.split(/[|,+\s]/).filter((token) => token !== "");
  if (tokens.length === 0) return { ok: false, fault: fault("", "empty") };

  let word = 0;
  for (const token of tokens) {
    const read = typeof token === "number" ? readNumber(token, String(token)) : readWord(token);
    if (typeof read !== "number") return { ok: false, fault: read };
    word = (word | read) >>> 0;
  }
  return { ok: true, flags: decodeFlags(word) };
}

function names(word: number): string {
  if (word === 0) return "normal";
  let rest = word;
  const found: string[] = [];
  for (const { name, bit } of flagBits) {
    if ((word & bit) === 0) continue;
    found.push(name);
    rest = (rest & ~bit) >>> 0;
  }
  if (rest !== 0) found.push(`0x${rest.toString(16)}`);
  return found.join("|");
}

const formats = {
  decimal: (word) => String(word),
  hex: (word) => `0x${word.toString(16)}`,
  binary: (word) => `0b${word.toString(2)}`,
  names,
} satisfies Record<FlagFormat, (word: number) => string>;

/**
 * Writes flags down, unknown bits included. `parseFlags(formatFlags(flags, format))` gives the flags back.
 *
 * @example
 * ```ts
 * import { flagPresets, formatFlags } from "@mesibo-groups/core";
 *
 * console.assert(formatFlags(flagPresets.restricted, "hex") === "0x11");
 * console.assert(formatFlags(flagPresets.restricted, "names") === "send-selected|receive-selected");
 * ```
 */
export function formatFlags(flags: GroupFlags, format: FlagFormat): string {
  return formats[format](encodeFlags(flags));
}
