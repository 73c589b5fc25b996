import { nearest } from "@mesibo-groups/core";

/** The most candidates that are compared letter by letter. */
export const MAX_COMPARED = 50;

/** How many letters two texts share at their beginnings and ends. A typo or two leave most of them. */
function shared(left: string, right: string): number {
  const most = Math.min(left.length, right.length);
  let start = 0;
  while (start < most && left.charCodeAt(start) === right.charCodeAt(start)) start += 1;
  const rest = most - start;
  let end = 0;
  while (end < rest && left.charCodeAt(left.length - 1 - end) === right.charCodeAt(right.length - 1 - end))
    end += 1;
  return start + end;
}

/**
 * The candidates that share most letters with a word at both ends, at most {@link MAX_COMPARED}. A world may have
 * a million addresses, and comparing each by letters would take seconds.
 */
export function likeliest(word: string, candidates: Iterable<string>): readonly string[] {
  const kept: { readonly candidate: string; readonly score: number }[] = [];
  let least = 0;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > Math.max(3, word.length / 2)) continue;
    const score = shared(word, candidate);
    if (kept.length === MAX_COMPARED && score <= least) continue;
    // The best stay first, and of equals those that came first.
    const place = kept.findIndex((other) => other.score < score);
    kept.splice(place === -1 ? kept.length : place, 0, { candidate, score });
    if (kept.length > MAX_COMPARED) kept.pop();
    least = kept.at(-1)?.score ?? 0;
  }
  return kept.map(({ candidate }) => candidate);
}

/** The candidate that a word was probably meant to be; undefined where none is like it. */
export const nearestOfMany = (word: string, candidates: Iterable<string>): string | undefined =>
  nearest(word, likeliest(word, candidates));
