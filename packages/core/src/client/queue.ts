import { deferred } from "./deferred.ts";

/** A place in a queue of {@link createKeyedQueue}. */
export interface Turn {
  /** Resolves when everybody before has left. */
  readonly ready: Promise<void>;
  /** Lets the next one in; before its turn it gives the place up. */
  readonly leave: () => void;
}

/** Queues by key: who has the same key takes turns, others do not meet. */
export type KeyedQueue = (key: number) => Turn;

/**
 * Makes a queue for each key, such as a gid, so that a late change of a group cannot overtake an earlier one.
 * Who enters waits for `ready` and calls `leave` at the end, whatever happens between. A queue that nobody is in
 * takes no memory.
 *
 * @example
 * ```ts
 * import { createKeyedQueue } from "@mesibo-groups/core";
 *
 * const enter = createKeyedQueue();
 * const order: string[] = [];
 * const change = async (name: string): Promise<void> => {
 *   const turn = enter(102529);
 *   await turn.ready;
 *   order.push(`${name} starts`);
 *   await Promise.resolve();
 *   order.push(`${name} ends`);
 *   turn.leave();
 * };
 * await Promise.all([change("a"), change("b")]);
 * console.assert(order.join() === "a starts,a ends,b starts,b ends");
 * ```
 */
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
