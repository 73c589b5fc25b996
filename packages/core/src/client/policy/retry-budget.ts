/** How many requests may be repetitions at a time, so that a failing server is not asked three times as often. */
export interface RetryBudget {
  /** Takes one repetition, until it is given back. False where there are enough. */
  readonly take: () => boolean;
  readonly giveBack: () => void;
  /** Repetitions under way. */
  readonly taken: () => number;
  /** Repetitions that were not made, since the beginning. */
  readonly refused: () => number;
}

const SHARE = 0.2;
const LEAST = 3;

/** Makes a budget of a fifth of the calls that are active, and of at least three. */
export function createRetryBudget(active: () => number): RetryBudget {
  let taken = 0;
  let refused = 0;

  return {
    take: () => {
      if (taken >= Math.max(LEAST, active() * SHARE)) {
        refused += 1;
        return false;
      }
      taken += 1;
      return true;
    },
    giveBack: () => {
      taken -= 1;
    },
    taken: () => taken,
    refused: () => refused,
  };
}
