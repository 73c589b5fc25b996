import { MASK, SHORTEST_SECRET } from "./mask.ts";
import type { Worlds } from "./worlds.ts";

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/**
 * A function that removes the tokens of all worlds from what a request has said, since it may have said one anywhere.
 * Not for what a world holds: there a token that somebody gave to a group as its name is that group's name.
 */
export function createKnownMask(worlds: Worlds): (text: string) => string {
  const tokens = worlds
    .list()
    .map(({ token }) => token)
    .filter(({ length }) => length >= SHORTEST_SECRET)
    // The longest first: where one token begins with another, nothing of it is to be left.
    .toSorted((a, b) => b.length - a.length)
    .flatMap((token) => [...new Set([token, inJson(token), encodeURIComponent(token.toWellFormed())])]);
  return (text) => tokens.reduce((rest, token) => rest.replaceAll(token, MASK), text);
}
