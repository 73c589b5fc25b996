import { createKeyedQueue, type Gid } from "@mesibo-groups/core";

/** Runs the tasks of one group one after another. */
export type InTurn = <T>(gid: Gid, task: () => Promise<T>) => Promise<T>;

/** One queue per gid for everything in this process that changes a group. */
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
