import { createRedactor as createPlainRedactor } from "@mesibo-groups/core/wire";
import { MASK, SHORTEST_SECRET } from "../mask.ts";

const escapeRegExp = (text: string): string => text.replaceAll(/[^\w]/g, String.raw`\$&`);

const hex = (code: number, digits: number): string =>
  code
    .toString(16)
    .padStart(digits, "0")
    .replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);

/** A pattern for one character, of whatever script, as texts, forms and JSON write it. */
function spellings(char: string): string {
  const bytes = [...Buffer.from(char)].map((byte) => `%${hex(byte, 2)}`).join("");
  const units = char.split("").map((_, at) => String.raw`\\u${hex(char.charCodeAt(at), 4)}`);
  const inJson = escapeRegExp(JSON.stringify(char).slice(1, -1));
  return [inJson, escapeRegExp(char), bytes, units.join(""), ...(char === " " ? [String.raw`\+`] : [])].join(
    "|",
  );
}

/** core's redactor is for tokens as mesibo makes them, visible ASCII; a mock takes any. */
function createAnyRedactor(token: string): (text: string) => string {
  const redact = createPlainRedactor(token);
  if (/^[!-~]*$/.test(token)) return redact;
  const pattern = new RegExp(Array.from(token, (char) => `(?:${spellings(char)})`).join(""), "g");
  return (text) => redact(text.replaceAll(pattern, MASK));
}

/** A function that removes a token from a text, in every spelling. */
export const createRedactor = (token: string): ((text: string) => string) =>
  token.length < SHORTEST_SECRET ? (text) => text : createAnyRedactor(token);

/** A function that removes from the end of a text that was cut what may be the beginning of a token. */
export function createEndRedactor(token: string): (text: string) => string {
  const beginnings = Array.from({ length: Math.max(0, token.length - SHORTEST_SECRET) }, (_, less) =>
    token.slice(0, token.length - 1 - less),
  );
  return (text) => {
    const last = beginnings.find((beginning) => text.endsWith(beginning));
    return last === undefined ? text : `${text.slice(0, -last.length)}${MASK}`;
  };
}
