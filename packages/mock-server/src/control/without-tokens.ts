import { createKnownMask } from "../known-tokens.ts";
import type { Worlds } from "../worlds.ts";

/** The most characters of a sentence that are told: whatever the request said, it is quoted in it. */
const MAX_SENTENCE = 600;

/**
 * A sentence about a request without the token of any world. Only then it is shortened: half a token would not be
 * known again.
 */
export function withoutTokens(worlds: Worlds, sentence: string): string {
  const masked = createKnownMask(worlds)(sentence);
  return masked.length <= MAX_SENTENCE ? masked : `${masked.slice(0, MAX_SENTENCE - 1)}…`;
}
