import { nearest } from "@mesibo-groups/core";
import { filterOf } from "./filter.ts";
import { sanitize } from "./sanitize.ts";

/** Words that are looked at for what somebody may have meant; each key asks anew. */
const MAX_WORDS = 1_000;

/** What a filter has found nothing among. */
export interface NoMatch {
  readonly filter: string;
  /** How many there are, such as `128 groups`. */
  readonly of: string;
  /** What the filter looks at. */
  readonly words: readonly string[];
  /** What takes the filter away: a key. */
  readonly clear: string;
}

/** Says that no row matches a filter, and which word is near it. */
export function noMatch({ filter, of, words, clear }: NoMatch): string {
  const { fault } = filterOf(filter);
  if (fault !== undefined) return `${sanitize(fault)} ${clear} clears the filter.`;
  const parts = words.slice(0, MAX_WORDS).flatMap((text) => [text, ...text.split(/\s+/)]);
  const lower = parts.map((part) => part.toLowerCase());
  const found = /^[!/]/.test(filter) ? undefined : nearest(filter.toLowerCase(), lower);
  const near = found === undefined ? undefined : parts[lower.indexOf(found)];
  const guess = near === undefined ? "" : ` Nearest: ${sanitize(near)}.`;
  return `0 of ${of} match ${sanitize(JSON.stringify(filter))}.${guess} ${clear} clears the filter.`;
}
