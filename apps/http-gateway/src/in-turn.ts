import type { Gid } from "@mesibo-groups/core";

/** Runs the tasks of one group one after another. */
export type InTurn = <T>(gid: Gid, task: () => Promise<T>) => Promise<T>;

/**
 * One queue per gid for changes that read first. The client orders calls, not a read with the write that
 * rests on it: without this, two changes of different flags at once would lose one of them.
 */
export function createTurns(): InTurn {
  const tails = new Map<Gid, Promise<unknown>>();

  return async (gid, task) => {
    const before = tails.get(gid) ?? Promise.resolve();
    const run = before.then(task);
    const tail = run
      .catch(() => undefined)
      .finally(() => {
        if (tails.get(gid) === tail) tails.delete(gid);
      });
    tails.set(gid, tail);
    return run;
  };
}
