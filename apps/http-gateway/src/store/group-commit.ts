import { setImmediate } from "node:timers/promises";
import { CompiledQuery, type Kysely } from "kysely";
import type { Tx, Topic } from "./store.ts";
import type { Tables } from "./tables.ts";

/** The most transactions that share a commit, so that none waits for too many others. */
const MAX_SHARED = 256;

/** How long a transaction waits for others, in milliseconds: about as long as for the commit. */
const GATHER_MS = 2;

// Built once, as by `compiled`. One savepoint is open at a time, so that one name does for all.
const savepoint = CompiledQuery.raw("savepoint work");
const release = CompiledQuery.raw("release work");
const backToSavepoint = CompiledQuery.raw("rollback to work");

interface Waiting {
  /** Runs the work between savepoints and answers what to do once the commit has come. */
  readonly run: (db: Kysely<Tables>) => Promise<Settle>;
  readonly fail: (error: unknown) => void;
}

/** Tells the writer, and answers the topics that the work announced. */
type Settle = () => readonly Topic[];

/**
 * Runs transactions one after another, and those that come in successive turns of the event loop in one commit: the
 * disk is waited for once for all of them. One that throws is rolled back alone.
 */
export function createGroupCommit(writer: Kysely<Tables>, tell: (topic: Topic) => void): GroupCommit {
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;

  async function commit(batch: readonly Waiting[]): Promise<void> {
    try {
      const settled = await writer.transaction().execute(async (db) => {
        const settle: Settle[] = [];
        for (const { run } of batch) settle.push(await run(db));
        return settle;
      });
      for (const topic of new Set(settled.flatMap((settle) => settle()))) tell(topic);
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
  }

  /**
   * Waits as long as each turn of the event loop brings another: nobody waits for one who may never come, nor long
   * where the turns are filled with other work.
   */
  async function gather(): Promise<void> {
    const until = performance.now() + GATHER_MS;
    let seen = 0;
    while (seen < waiting.length && performance.now() < until) {
      seen = waiting.length;
      await setImmediate();
    }
  }

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      await gather();
      const batch = waiting.slice(0, MAX_SHARED);
      waiting = waiting.slice(MAX_SHARED);
      await commit(batch);
    }
    running = undefined;
  }

  return {
    write: (work) =>
      new Promise((resolve, reject) => {
        waiting.push({
          fail: reject,
          run: async (db) => {
            const topics: Topic[] = [];
            await db.executeQuery(savepoint);
            try {
              const result = await work({ db, announce: async (topic) => void topics.push(topic) });
              await db.executeQuery(release);
              return () => {
                resolve(result);
                return topics;
              };
            } catch (error) {
              await db.executeQuery(backToSavepoint);
              await db.executeQuery(release);
              return () => {
                reject(error);
                return [];
              };
            }
          },
        });
        running ??= drain();
      }),
    idle: async () => {
      await running;
    },
  };
}

/** Where writers wait for a commit. */
export interface GroupCommit {
  readonly write: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  /** Resolves once nothing waits. */
  readonly idle: () => Promise<void>;
}
