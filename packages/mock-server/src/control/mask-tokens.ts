import { mapTexts, MASK, SHORTEST_SECRET } from "../mask.ts";
import type { Worlds } from "../worlds.ts";

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** The tokens of all worlds that are long enough to be secrets, plain and as a message puts them in quotes. */
const secretTokens = (worlds: Worlds): readonly string[] =>
  worlds
    .list()
    .map(({ token }) => token)
    .filter(({ length }) => length >= SHORTEST_SECRET)
    .flatMap((token) => (inJson(token) === token ? [token] : [token, inJson(token)]));

const without = (tokens: readonly string[], text: string): string =>
  tokens.reduce((rest, token) => rest.replaceAll(token, MASK), text);

/** A function that removes the tokens that worlds have now from a text. */
export function createTokenMask(worlds: Worlds): (text: string) => string {
  const tokens = secretTokens(worlds);
  return (text) => (text.length < SHORTEST_SECRET ? text : without(tokens, text));
}

/** A text without the token of any world. */
export const maskTokens = (worlds: Worlds, text: string): string => createTokenMask(worlds)(text);

/**
 * A value as JSON without the token of any world: somebody may have given one to a group as its name. Requests in
 * the journal, which spell tokens in other ways too, are masked before.
 */
export function maskedJson(worlds: Worlds, value: unknown): string {
  const json = JSON.stringify(value);
  const found = secretTokens(worlds).filter((token) => json.includes(inJson(token)));
  // Not in the JSON itself, where a token could begin inside an escape.
  return found.length === 0 ? json : JSON.stringify(mapTexts(value, (text) => without(found, text)));
}
