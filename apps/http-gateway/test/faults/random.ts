/** Numbers from 0 to below 1 that follow from a seed. */
export type Random = () => number;

/** mulberry32, a public-domain generator of 32 bits. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const isLong = process.env["MESIBO_LONG"] === "1";

/**
 * The seed of a run: that of `MESIBO_SEED`, or a new one in a long run. Otherwise always the same, so that a change is
 * judged by what it changes and not by dice. Named in the titles of the tests that throw dice.
 */
export const SEED = Number(process.env["MESIBO_SEED"] ?? (isLong ? Math.floor(Math.random() * 1e9) : 61_782));

/** A whole number from `from` to `to`. */
export const between = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1));

/** One of a list that is not empty. */
export function pick<T>(random: Random, list: readonly T[]): T {
  const picked = list[Math.floor(random() * list.length)];
  if (picked === undefined) throw new Error("nothing to pick from");
  return picked;
}
