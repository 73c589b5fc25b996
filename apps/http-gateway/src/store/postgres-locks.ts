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

/**
 * Takes advisory locks, all of a process on one connection: however many groups are being changed, no pool runs
 * dry. Nobody waits inside PostgreSQL; whoever finds a lock taken asks again. With the process, or the connection,
 * its locks end.
 */
export function createLocks(config: pg.ClientConfig, place: string): Locks {
  let connection: Promise<pg.Client> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** One question at a time: a connection takes no more. */
  function ask(client: pg.Client, text: string, gid: Gid): Promise<pg.QueryResult<{ done: boolean }>> {
    const answer = last.then(() => client.query<{ done: boolean }>(text, [...lockKey(gid)]));
    last = answer.catch(() => undefined);
    return answer;
  }

  function connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...config, keepAlive: true });
    const made = client.connect().then(() => client);
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
  async function tryLock(gid: Gid): Promise<pg.Client | undefined> {
    try {
      const client = await (connection ??= connect());
      const { rows } = await client.query<{ got: boolean }>("select pg_try_advisory_lock($1, $2) as got", [
        ...lockKey(gid),
      ]);
      return rows[0]?.got === true ? client : undefined;
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
        await ask(holder, "select pg_advisory_unlock($1, $2) as done", gid).catch(() => undefined);
      }
    },
    close: async () => {
      const client = await connection?.catch(() => undefined);
      await client?.end();
    },
  };
}
