import { MASK, SHORTEST_SECRET } from "../mask.ts";
import type { Worlds } from "../worlds.ts";

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/**
 * A sentence about a request without the token of any world, since the request may have carried one anywhere.
 * For sentences alone: in a world's data a token that somebody gave to a group as its name is that group's name.
 */
export function withoutTokens(worlds: Worlds, sentence: string): string {
  const tokens = worlds
    .list()
    .map(({ token }) => token)
    .filter(({ length }) => length >= SHORTEST_SECRET)
    // The longest first: where one token begins with another, nothing of it is to be left.
    .toSorted((a, b) => b.length - a.length);
  return tokens
    .flatMap((token) => [token, inJson(token)])
    .reduce((rest, token) => rest.replaceAll(token, MASK), sentence);
}
