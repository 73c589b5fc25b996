import type { RateLimit } from "../config-operations.ts";

/** What came of asking for one more request. */
export interface Taken {
  readonly allowed: boolean;
  /** How many more are allowed at once. */
  readonly remaining: number;
  /** Until one more is allowed; 0 where it is. */
  readonly retryMs: number;
  /** Until the whole burst is allowed again. */
  readonly fullMs: number;
}

/** Where the cells of rate limits are kept. */
export interface RateCells {
  readonly take: (cell: string, at: number) => Promise<Taken>;
}

/** Above this many cells those that are full again are forgotten. */
const MANY = 10_000;

/**
 * Cells in memory, for this process. The generic cell rate algorithm: of each cell only the moment is kept at
 * which the next request would be on time.
 */
export function memoryCells({ perMinute, burst }: RateLimit): RateCells & { readonly size: () => number } {
  const dueAt = new Map<string, number>();
  const interval = 60_000 / perMinute;
  const tolerance = interval * burst;

  function forget(at: number): void {
    for (const [cell, due] of dueAt) if (due <= at) dueAt.delete(cell);
  }

  return {
    size: () => dueAt.size,
    take: async (cell, at) => {
      if (dueAt.size >= MANY) forget(at);
      const due = Math.max(dueAt.get(cell) ?? at, at);
      const next = due + interval;
      const wait = next - tolerance - at;
      // A thousandth of a millisecond is rounding, not a request too early.
      if (wait > 0.001) return { allowed: false, remaining: 0, retryMs: wait, fullMs: due - at };
      dueAt.set(cell, next);
      const remaining = Math.floor((tolerance - (next - at) + 0.001) / interval);
      return { allowed: true, remaining, retryMs: 0, fullMs: next - at };
    },
  };
}
