/** Runs tasks of one key one after another, and tasks of different keys at the same time. */
export type KeyedQueue = <T>(key: number | undefined, task: () => Promise<T>) => Promise<T>;

/**
 * One queue per key, so that a late edit of a group cannot overtake an earlier one. A task without a key runs
 * at once.
 */
export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<number, Promise<unknown>>();

  return async (key, task) => {
    if (key === undefined) return task();
    const before = tails.get(key);
    const run = before === undefined ? task() : before.then(task, task);
    // The tail never rejects: whoever waits behind a failed task still runs.
    const tail = run
      .catch(() => undefined)
      .finally(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
    tails.set(key, tail);
    return run;
  };
}
