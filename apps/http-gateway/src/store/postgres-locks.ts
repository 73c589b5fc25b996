import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Gid } from "@mesibo-groups/core";
import { StoreError, storeFailure } from "./errors.ts";
import { TURN_WAIT_MS, type InTurn } from "./in-turn.ts";

/** The class of advisory locks on groups, so that they meet nobody else's. */
const LOCK_CLASS = 0x6d65_7369;

/** Who waits for another process asks again after this long at first, and after at most so long later. */
const FIRST_LOOK_MS = 5;
const LAST_LOOK_MS = 100;

// A gid has 32 bits without a sign, PostgreSQL's half of a lock's key has one.
const lockKey = (gid: Gid): readonly number[] => [LOCK_CLASS, gid | 0];

/** Locks between processes. */
export interface Locks {
  readonly locked: InTurn;
  readonly close: () => Promise<void>;
}

/** The connection that has the locks. */
interface Connection {
  /** Asks for a lock, or gives one back. Answers whether that was done. */
  readonly ask: (ask: "pg_try_advisory_lock" | "pg_advisory_unlock", gid: Gid) => Promise<boolean>;
  readonly end: () => Promise<void>;
}

/** Asks one question at a time: a connection takes no more. */
function asking(client: pg.Client): Connection {
  let last: Promise<unknown> = Promise.resolve();

  return {
    ask: (ask, gid) => {
      const answer = last.then(async () => {
        const { rows } = await client.query<{ done: boolean }>(`select ${ask}($1, $2) as done`, [
          ...lockKey(gid),
        ]);
        return rows[0]?.done === true;
      });
      last = answer.catch(() => undefined);
      return answer;
    },
    end: () => client.end(),
  };
}

/**
 * Takes advisory locks, all of a process on one connection: however many groups are being changed, no pool runs
 * dry. Nobody waits inside PostgreSQL; whoever finds a lock taken asks again. With the process, or the connection,
 * its locks end.
 */
export function createLocks(config: pg.ClientConfig, place: string): Locks {
  let connection: Promise<Connection> | undefined;

  function connect(): Promise<Connection> {
    const client = new pg.Client({ ...config, keepAlive: true });
    const made = client.connect().then(() => asking(client));
    // Whoever asks next gets a new one.
    const forget = (): void => {
      if (connection === made) connection = undefined;
    };
    client.on("error", forget);
    client.on("end", forget);
    made.catch(forget);
    return made;
  }

  /** Takes the lock if nobody has it; answers the connection that has it then. */
  async function tryLock(gid: Gid): Promise<Connection | undefined> {
    try {
      const made = await (connection ??= connect());
      return (await made.ask("pg_try_advisory_lock", gid)) ? made : undefined;
    } catch (error) {
      throw storeFailure(error, place);
    }
  }

  return {
    locked: async (gid, work) => {
      const until = performance.now() + TURN_WAIT_MS;
      let holder = await tryLock(gid);
      for (let look = FIRST_LOOK_MS; holder === undefined; look = Math.min(2 * look, LAST_LOOK_MS)) {
        if (performance.now() >= until) throw new StoreError("busy", "Another gateway works on this group.");
        await sleep(look);
        holder = await tryLock(gid);
      }
      try {
        return await work();
      } finally {
        // A connection that has ended has given its locks back.
        await holder.ask("pg_advisory_unlock", gid).catch(() => undefined);
      }
    },
    close: async () => {
      const made = await connection?.catch(() => undefined);
      await made?.end();
    },
  };
}
