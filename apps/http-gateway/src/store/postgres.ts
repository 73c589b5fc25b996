import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Gid } from "@mesibo-groups/core";
import { StoreError, storeFailure } from "./errors.ts";
import { createListeners } from "./listeners.ts";
import { migrate } from "./migrate.ts";
import { listenPostgres } from "./postgres-listen.ts";
import { CHANNEL, postgresStore } from "./postgres-store.ts";
import type { Store } from "./store.ts";
import type { Tables } from "./tables.ts";

/** The class of advisory locks on groups, so that they meet nobody else's. */
const LOCK_CLASS = 0x6d65_7369;

/** How long a change waits for another gateway's change of the same group. */
const LOCK_TIMEOUT_MS = 15_000;

const CONNECTIONS = 16;

/** Whole numbers as numbers: everything that is stored is far below 2^53. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

/** An idle connection that ends is replaced; the next query says what is wrong, if anything still is. */
const ignore = (): void => undefined;

/** Where a database is, without what must not be shown. */
function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `postgres://${hostname}${port === "" ? "" : `:${port}`}${pathname}`;
}

// A gid has 32 bits without a sign, PostgreSQL's half of a lock's key has one.
const lockKey = (gid: Gid): number => gid | 0;

/** Takes advisory locks, each on a connection of its own for as long as it is held. */
function createLocks(pool: pg.Pool, place: string) {
  const guarded = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw storeFailure(error, place);
    }
  };

  return async <T>(gid: Gid, work: () => Promise<T>): Promise<T> => {
    const connection = await guarded(pool.connect());
    const key = [LOCK_CLASS, lockKey(gid)];
    let sound = false;
    try {
      await guarded(connection.query(`set lock_timeout = ${LOCK_TIMEOUT_MS}`));
      await guarded(connection.query("select pg_advisory_lock($1, $2)", key));
      sound = true;
      return await work();
    } finally {
      if (sound) {
        sound = await connection.query("select pg_advisory_unlock($1, $2)", key).then(
          () => true,
          () => false,
        );
      }
      // With a connection that is given up, its locks go too.
      connection.release(!sound);
    }
  };
}

/**
 * Opens a store in a PostgreSQL database, which several gateways may share.
 *
 * Throws {@link StoreError}: `unavailable` where it does not answer, `newer` where a later version wrote it.
 */
export async function openPostgres(url: string): Promise<Store> {
  const place = placeOf(url);
  const config = { connectionString: url, types, connectionTimeoutMillis: 5_000 };
  const pool = new pg.Pool({ ...config, max: CONNECTIONS });
  // Held while mesibo is called, so they must not keep transactions waiting.
  const locks = new pg.Pool({ ...config, max: CONNECTIONS });
  pool.on("error", ignore);
  locks.on("error", ignore);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const listeners = createListeners();

  try {
    await migrate(db, { kind: "postgres", place });
    const stopListening = await listenPostgres({ config, channel: CHANNEL, tell: listeners.tell });
    const close = async (): Promise<void> => {
      await stopListening();
      await locks.end();
      await db.destroy();
    };
    return postgresStore({ db, place, listeners, locked: createLocks(locks, place), close });
  } catch (error) {
    await Promise.allSettled([locks.end(), db.destroy()]);
    const failure = storeFailure(error, place);
    if (failure instanceof StoreError) throw failure;
    throw new StoreError("unavailable", `The store at ${place} cannot be opened.`, { cause: error });
  }
}
