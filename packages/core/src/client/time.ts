/** How long and until what an operation may go on. */
export interface Limits {
  readonly signal: AbortSignal | undefined;
  /** On the clock of {@link now}. */
  readonly deadline: number;
  /** Whose turn it is where several wait for a place. Default: all are one caller. */
  readonly caller?: string | undefined;
}

/** Milliseconds on a clock that nobody sets: a corrected system time must not end or prolong an operation. */
export const now = (): number => performance.now();

/** The longest time in milliseconds that a timer can wait: a longer one would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Waits some milliseconds, or less: until the signal fires or `until` resolves. Answers true where the time ran
 * out. Leaves no timer behind.
 */
export function pause(ms: number, signal: AbortSignal | undefined, until?: Promise<void>): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (ranOut: boolean): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      resolve(ranOut);
    };
    const onAbort = (): void => {
      end(false);
    };
    // A deadline can be over by now, and Node warns of a negative time.
    const timer = setTimeout(end, Math.max(0, Math.min(ms, MAX_TIMER_MS)), true);
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted === true) onAbort();
    void until?.then(onAbort);
  });
}
