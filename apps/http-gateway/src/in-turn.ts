import { createKeyedQueue, type Gid } from "@mesibo-groups/core";

/** Runs the tasks of one group one after another. */
export type InTurn = <T>(gid: Gid, task: () => Promise<T>) => Promise<T>;

/**
 * One queue per gid for changes that read first. The client orders calls, not a read with the write that
 * rests on it: without this, two changes of different flags at once would lose one of them.
 */
export function createTurns(): InTurn {
  const enter = createKeyedQueue();

  return async (gid, task) => {
    const turn = enter(gid);
    try {
      await turn.ready;
      return await task();
    } finally {
      turn.leave();
    }
  };
}
