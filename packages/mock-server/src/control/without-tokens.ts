import { MASK, SHORTEST_SECRET } from "../mask.ts";
import type { Worlds } from "../worlds.ts";

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** The most characters of a sentence that are told: whatever the request said, it is quoted in it. */
const MAX_SENTENCE = 600;

/**
 * A sentence about a request without the token of any world, since the request may have carried one anywhere. Only
 * then it is shortened: half a token would not be known again.
 * For sentences alone: in a world's data a token that somebody gave to a group as its name is that group's name.
 */
export function withoutTokens(worlds: Worlds, sentence: string): string {
  const tokens = worlds
    .list()
    .map(({ token }) => token)
    .filter(({ length }) => length >= SHORTEST_SECRET)
    // The longest first: where one token begins with another, nothing of it is to be left.
    .toSorted((a, b) => b.length - a.length);
  const masked = tokens
    .flatMap((token) => [token, inJson(token)])
    .reduce((rest, token) => rest.replaceAll(token, MASK), sentence);
  return masked.length <= MAX_SENTENCE ? masked : `${masked.slice(0, MAX_SENTENCE - 1)}…`;
}
