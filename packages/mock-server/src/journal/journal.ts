import type { Draft, Entry } from "./entry.ts";
import { heldBy, keep } from "./keep.ts";

/** How many requests a journal remembers unless somebody says otherwise. */
export const DEFAULT_JOURNAL_SIZE = 10_000;

/** The most characters of texts that a journal holds in all, so that large bodies push old entries out. */
const MAX_JOURNAL_TEXT = 16 * 1024 * 1024;

/** The latest requests of a world. */
export interface Journal {
  readonly add: (draft: Draft) => Entry;
  /** Oldest first. */
  readonly entries: () => readonly Entry[];
  readonly find: (n: number) => Entry | undefined;
  /** How many requests there were in all, forgotten ones included. */
  readonly count: () => number;
  /** Forgets every request; the numbers go on. */
  readonly clear: () => void;
}

/** A journal that remembers at most `size` requests, with at most `mostText` characters unless one alone has more. */
export function createJournal(
  size: number = DEFAULT_JOURNAL_SIZE,
  mostText: number = MAX_JOURNAL_TEXT,
): Journal {
  // A ring: `first` is the place of the oldest entry. Shifting an array of 10,000 would cost more than a request.
  let ring: (Entry | undefined)[] = [];
  // What each entry holds. Asking the oldest one itself would wait for memory that nobody has touched for long.
  let weights: number[] = [];
  let first = 0;
  let held = 0;
  let text = 0;
  let count = 0;

  const crowded = (): boolean => text > mostText && held > 1;
  const forgetOldest = (): void => {
    text -= weights[first] ?? 0;
    ring[first] = undefined;
    first = (first + 1) % size;
    held -= 1;
  };

  return {
    add: (draft) => {
      count += 1;
      const entry = keep(count, draft);
      if (size === 0) return entry;
      if (held === size) forgetOldest();
      const place = (first + held) % size;
      const weight = heldBy(entry);
      ring[place] = entry;
      weights[place] = weight;
      held += 1;
      text += weight;
      while (crowded()) forgetOldest();
      return entry;
    },
    entries: () =>
      Array.from({ length: held }, (_, index) => ring[(first + index) % size]).filter(
        (entry) => entry !== undefined,
      ),
    find: (n) => {
      const age = count - n;
      return age < 0 || age >= held ? undefined : ring[(first + held - 1 - age) % size];
    },
    count: () => count,
    clear: () => {
      ring = [];
      weights = [];
      first = 0;
      held = 0;
      text = 0;
    },
  };
}
