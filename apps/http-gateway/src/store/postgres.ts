import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { StoreError, storeFailure } from "./errors.ts";
import { createListeners } from "./listeners.ts";
import { migrate } from "./migrate.ts";
import { listenPostgres } from "./postgres-listen.ts";
import { createLocks } from "./postgres-locks.ts";
import { CHANNEL, postgresStore } from "./postgres-store.ts";
import type { Store } from "./store.ts";
import type { Tables } from "./tables.ts";

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

/**
 * Opens a store in a PostgreSQL database, which several gateways may share.
 *
 * Throws {@link StoreError}: `unavailable` where it does not answer, `newer` where a later version wrote it.
 */
export async function openPostgres(url: string): Promise<Store> {
  const place = placeOf(url);
  const config = { connectionString: url, types, connectionTimeoutMillis: 5_000 };
  const pool = new pg.Pool({ ...config, max: CONNECTIONS });
  pool.on("error", ignore);
  const locks = createLocks(config, place);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const listeners = createListeners();

  try {
    await migrate(db, { kind: "postgres", place });
    const stopListening = await listenPostgres({ config, channel: CHANNEL, tell: listeners.tell });
    const close = async (): Promise<void> => {
      await stopListening();
      await locks.close();
      await db.destroy();
    };
    return postgresStore({ db, place, listeners, locked: locks.locked, close });
  } catch (error) {
    await Promise.allSettled([locks.close(), db.destroy()]);
    const failure = storeFailure(error, place);
    if (failure instanceof StoreError) throw failure;
    throw new StoreError("unavailable", `The store at ${place} cannot be opened.`, { cause: error });
  }
}
