import { rely, type Behaviour } from "./behaviour.ts";
import type { World } from "./world.ts";

/** How lists are cut and searched, with what it rests on. */
export const listBehaviours = {
  twenty_by_default: {
    id: "twenty_by_default",
    sentence: "A list without a count has at most 20 rows.",
    source: "D1full, PG",
    confidence: "documented",
  },
  count_zero: {
    id: "count_zero",
    sentence: "A count of 0 means the default of 20.",
    source: "INFERRED",
    confidence: "assumed",
  },
  pattern_minds_case: {
    id: "pattern_minds_case",
    sentence: "In a search `*` stands for any text, and upper case differs from lower case.",
    source: "CON for the `*`; the case is not published",
    confidence: "assumed",
  },
} as const satisfies Record<string, Behaviour>;

/**
 * A function that tells whether a text is `pattern`, in which `*` stands for any text.
 *
 * mesibo: the console wraps a search in `*` (CON); without one the match is exact. Whether mesibo minds the case
 * is not published: here it does.
 */
export function createMatcher(pattern: string | undefined): (text: string) => boolean {
  if (pattern === undefined) return () => true;
  // Read once for a whole list: a pattern may have a million stars.
  const parts = pattern.split("*");
  if (parts.length === 1) return (text) => text === pattern;
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  const between = parts.slice(1, -1).filter((part) => part !== "");
  const shortest = parts.reduce((sum, part) => sum + part.length, 0);

  return (text) => {
    if (text.length < shortest || !text.startsWith(first) || !text.endsWith(last)) return false;
    let from = first.length;
    const end = text.length - last.length;
    for (const part of between) {
      const found = text.indexOf(part, from);
      if (found === -1 || found + part.length > end) return false;
      from = found + part.length;
    }
    return true;
  };
}

/** How many rows a list has when nobody says. */
const DEFAULT_COUNT = 20;

/** How many rows to list. */
export function limitOf(world: World, count: number | undefined): number {
  if (count !== 0) return count ?? DEFAULT_COUNT;
  rely(world, listBehaviours.count_zero);
  return DEFAULT_COUNT;
}

/** Notes what a search rests on. */
export function relyOnPattern(world: World, pattern: string | undefined): void {
  if (pattern !== undefined) rely(world, listBehaviours.pattern_minds_case);
}
