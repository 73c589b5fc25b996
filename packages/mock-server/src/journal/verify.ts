import type { Entry } from "./entry.ts";
import { differences, type Difference, type Expectation } from "./expectation.ts";

/** How many requests are expected. */
export interface ExpectedCount {
  readonly at_least: number;
  readonly at_most: number;
}

/** A request that is nearly what was expected. */
export interface Near {
  readonly n: number;
  readonly differences: readonly Difference[];
}

/** Whether the expected requests came. */
export interface Verification {
  readonly ok: boolean;
  readonly count: number;
  /** Numbers of the requests that are as expected, the latest 100. */
  readonly matches: readonly number[];
  /** The requests that come nearest, nearest first; only where too few are as expected. */
  readonly nearest: readonly Near[];
}

const MAX_NEAREST = 3;
const MAX_MATCHES = 100;

// Another op is further away than any one parameter.
const farness = (found: readonly Difference[]): number =>
  found.reduce((sum, { field }) => sum + (field === "op" ? 3 : 1), 0);

/** Counts the requests that are as expected, and finds the nearest ones where they are too few. */
export function verify(
  entries: readonly Entry[],
  expectation: Expectation,
  { at_least, at_most }: ExpectedCount,
): Verification {
  const matches: number[] = [];
  let nearest: Near[] = [];
  for (const entry of entries) {
    const found = differences(entry, expectation);
    if (found.length === 0) matches.push(entry.n);
    else {
      // The latest of equally near ones first: it is the one that the test has just made.
      nearest = [{ n: entry.n, differences: found }, ...nearest]
        .toSorted((a, b) => farness(a.differences) - farness(b.differences))
        .slice(0, MAX_NEAREST);
    }
  }
  const count = matches.length;
  return {
    ok: count >= at_least && count <= at_most,
    count,
    matches: matches.slice(-MAX_MATCHES),
    nearest: count < at_least ? nearest : [],
  };
}
