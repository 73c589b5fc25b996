/**
 * Stands where a secret was.
 *
 * @example
 * ```ts
 * import { createRedactor, MASK } from "@mesibo-groups/core/wire";
 *
 * console.assert(createRedactor("app-token")("app-token") === MASK);
 * ```
 */
export const MASK = "[redacted]";

/**
 * The length in characters from which a token is a secret. A shorter one is found in too many other texts.
 *
 * @example
 * ```ts
 * import { createRedactor, SHORTEST_SECRET } from "@mesibo-groups/core/wire";
 *
 * const short = "a".repeat(SHORTEST_SECRET - 1);
 * console.assert(createRedactor(short)(short) === short);
 * ```
 */
export const SHORTEST_SECRET = 8;

const entities: Readonly<Record<string, string>> = {
  "&": "amp",
  "<": "lt",
  ">": "gt",
  '"': "quot",
  "'": "apos",
};

/** A pattern for one visible ASCII character as texts, URLs, forms, JSON and HTML write it. */
function spellings(char: string): string {
  const code = char.charCodeAt(0);
  const hex = code.toString(16).replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
  const plain = /\w/.test(char) ? char : `\\${char}`;
  const entity = entities[char];
  // The character itself comes last: it also begins some of its longer spellings.
  return [
    `%${hex}`,
    `\\\\u00${hex}`,
    `&#0*${code};`,
    `&#[xX]0*${hex};`,
    ...(entity === undefined ? [] : [`&${entity};`]),
    // JSON may write `\/` for `/`; a backslash itself it doubles.
    char === "\\" ? "\\\\{1,2}" : `\\\\?${plain}`,
  ].join("|");
}

// mesibo: v1 answers carry the app's secret and its push key too (recorded, ND). A cut answer ends anywhere.
const secretMembers = /("(?:token|secret|fcm_key)"\s*:\s*")[^"\\]*(?:\\[\s\S][^"\\]*)*\\?"?/g;

/**
 * A text without the values of JSON members that hold a user token or a secret of the app.
 *
 * @example
 * ```ts
 * import { redactMembers } from "@mesibo-groups/core/wire";
 *
 * console.assert(redactMembers('{"token":"abc","uid":5}') === '{"token":"[redacted]","uid":5}');
 * ```
 */
export const redactMembers = (text: string): string => text.replaceAll(secretMembers, `$1${MASK}"`);

/** A pattern for a token in every spelling that a request or an answer could carry; of no text where it is short. */
export function tokenPattern(token: string): RegExp {
  if (token.length < SHORTEST_SECRET) return /(?!)/g;
  return new RegExp(Array.from(token, (char) => `(?:${spellings(char)})`).join(""), "g");
}

/**
 * A function that removes the app token from a text, in every spelling that a request or an answer could carry,
 * and the value of every JSON member that holds a user token or a secret of the app. A token of fewer than 8
 * characters is no secret and stays.
 *
 * @example
 * ```ts
 * import { createRedactor } from "@mesibo-groups/core/wire";
 *
 * const redact = createRedactor("app+token");
 * console.assert(redact("op=groupdel&token=app%2Btoken") === "op=groupdel&token=[redacted]");
 * ```
 */
export function createRedactor(token: string): (text: string) => string {
  const pattern = tokenPattern(token);
  return (text) => redactMembers(text.replaceAll(pattern, MASK));
}
