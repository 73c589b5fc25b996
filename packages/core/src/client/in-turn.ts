import { outOfTime } from "./failures.ts";
import type { OpName } from "../domain/requests.ts";
import type { KeyedQueue } from "./queue.ts";
import { now, pause, type Limits } from "./time.ts";

/** Whose turn is waited for, and how long. */
export interface Waiting {
  readonly enter: KeyedQueue;
  readonly key: number;
  readonly op: OpName;
  readonly limits: Limits;
}

/** Does the work when everybody before with the same key is through. Throws `NotSentError` where the time runs out. */
export async function inTurn<T>({ enter, key, op, limits }: Waiting, work: () => Promise<T>): Promise<T> {
  const turn = enter(key);
  try {
    // Whoever gives up while waiting is told at once; the queue goes on without them.
    const ranOut = await pause(limits.deadline - now(), limits.signal, turn.ready);
    if (ranOut) throw outOfTime({ op, attempts: 0 });
    return await work();
  } finally {
    turn.leave();
  }
}
