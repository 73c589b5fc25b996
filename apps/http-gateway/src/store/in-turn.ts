import { createKeyedQueue, type Gid } from "@mesibo-groups/core";
import { StoreError } from "./errors.ts";

/** Runs the tasks of one group one after another. */
export type InTurn = <T>(gid: Gid, task: () => Promise<T>) => Promise<T>;

/** How long a task waits for those before it, in this process and again in others. */
export const TURN_WAIT_MS = 10_000;

/** Resolves once it is somebody's turn. Throws {@link StoreError} `busy` where that takes too long. */
async function wait(ready: Promise<void>): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new StoreError("busy", "Other changes of this group take long."));
  }, TURN_WAIT_MS);
  try {
    await Promise.race([ready, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** One queue per gid for everything in this process that changes a group. */
export function createTurns(): InTurn {
  const enter = createKeyedQueue();

  return async (gid, task) => {
    const turn = enter(gid);
    try {
      await wait(turn.ready);
      return await task();
    } finally {
      turn.leave();
    }
  };
}
