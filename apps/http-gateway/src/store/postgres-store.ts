import { sql, type Kysely } from "kysely";
import { storeFailure } from "./errors.ts";
import { createTurns, type InTurn } from "./in-turn.ts";
import type { Listeners } from "./listeners.ts";
import type { Store, Tx } from "./store.ts";
import type { Tables } from "./tables.ts";

/** The channel of `NOTIFY`. */
export const CHANNEL = "mesibo_gateway";

// Serialisation failures and deadlocks: nothing of the transaction has happened, and it may be run again.
const repeatable = new Set(["40001", "40P01"]);
const REPETITIONS = 3;

/** What a store over PostgreSQL is made of. */
export interface PostgresParts {
  readonly db: Kysely<Tables>;
  readonly place: string;
  readonly listeners: Listeners;
  /** Runs work on a group while no other process works on it. */
  readonly locked: InTurn;
  readonly close: () => Promise<void>;
}

/** Makes a store over PostgreSQL, whatever speaks to it. */
export function postgresStore({ db, place, listeners, locked, close }: PostgresParts): Store {
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw storeFailure(error, place);
    }
  };

  async function transact<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await db.transaction().execute((tx) =>
          work({
            db: tx,
            announce: async (topic) => {
              await sql`select pg_notify(${CHANNEL}, ${topic})`.execute(tx);
            },
          }),
        );
      } catch (error) {
        const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
        if (attempt > REPETITIONS || typeof code !== "string" || !repeatable.has(code)) throw error;
      }
    }
  }

  const turns = createTurns();
  return {
    kind: "postgres",
    place,
    read: (work) => guarded(() => work(db)),
    write: (work) => guarded(() => transact(work)),
    // In this process first: the lock is the same for everybody in it.
    inTurn: (gid, work) => turns(gid, () => locked(gid, work)),
    listen: listeners.add,
    close,
  };
}
