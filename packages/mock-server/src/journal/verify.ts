import type { Entry } from "./entry.ts";
import { mapTexts } from "../mask.ts";
import type { WorldEntry } from "../worlds.ts";
import { differences, expectationFault, type Difference, type Expectation } from "./expectation.ts";
import { createRedactor } from "./redactor.ts";

/** How many requests are expected. */
export interface ExpectedCount {
  readonly at_least: number;
  readonly at_most: number;
}

/** The parts of a count that somebody gives. */
export interface GivenCount {
  readonly at_least?: number | undefined;
  readonly at_most?: number | undefined;
}

/** The count where only a part of it is given: without any, at least one. */
export const expectedCount = ({ at_least, at_most }: GivenCount = {}): ExpectedCount => ({
  at_least: at_least ?? (at_most === undefined ? 1 : 0),
  at_most: at_most ?? Number.MAX_SAFE_INTEGER,
});

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

/** Why a question about requests has no answer, as a sentence. */
export class VerifyError extends TypeError {
  override readonly name = "VerifyError";
}

function check(expectation: Expectation, { at_least, at_most }: ExpectedCount): void {
  const fault = expectationFault(expectation);
  if (fault !== undefined) throw new VerifyError(fault);
  if (at_least > at_most)
    throw new VerifyError(`count: at_least is ${at_least}, and at_most only ${at_most}`);
}

/**
 * Whether a world got the requests that are expected; its token is masked. Throws {@link VerifyError} for an
 * expectation that nothing could meet.
 */
export function verifyWorld(
  { token, journal }: Pick<WorldEntry, "token" | "journal">,
  expectation: Expectation,
  count: ExpectedCount,
): Verification {
  check(expectation, count);
  return mapTexts(verify(journal.entries(), expectation, count), createRedactor(token));
}

/** Counts the requests that are as expected, and finds the nearest ones where they are too few. */
function verify(
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
