import { deferred } from "./deferred.ts";

/** A place in a queue. */
export interface Turn {
  /** Resolves when everybody before has left. */
  readonly ready: Promise<void>;
  /** Lets the next one in; before its turn it gives the place up. */
  readonly leave: () => void;
}

/** Queues by key: who has the same key takes turns, others do not meet. */
export type KeyedQueue = (key: number) => Turn;

/** One queue per gid, so that a late edit of a group cannot overtake an earlier one. */
export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<number, Promise<void>>();

  return (key) => {
    const ready = tails.get(key) ?? Promise.resolve();
    const left = deferred<void>();
    const tail = ready
      .then(() => left.promise)
      .then(() => {
        if (tails.get(key) === tail) tails.delete(key);
        return undefined;
      });
    tails.set(key, tail);
    return {
      ready,
      leave: () => {
        left.resolve();
      },
    };
  };
}
