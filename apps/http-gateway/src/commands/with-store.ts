import { readDatabase } from "../config.ts";
import { createSettings, type Variables } from "../settings.ts";
import { openStore } from "../store/open.ts";
import type { Store } from "../store/store.ts";
import { checkThere } from "./db/place.ts";
import { CommandError } from "./say.ts";

/** Where the store is. Throws `CommandError` with what is wrong. */
export function databaseOf(variables: Variables): string {
  const settings = createSettings(variables);
  const url = readDatabase(settings, { demo: false, production: variables["NODE_ENV"] === "production" });
  if (settings.faults.length > 0) throw new CommandError(settings.faults, 1);
  if (url === ":memory:") {
    throw new CommandError(
      ["DATABASE_URL is :memory:, which no other process can see: name a file or a PostgreSQL database."],
      1,
    );
  }
  return url;
}

async function using<T>(opening: Promise<Store>, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await opening;
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** The store that is configured. Throws `CommandError` where there is none: a path that was mistyped must not become one. */
function storeThere(variables: Variables): string {
  const database = databaseOf(variables);
  checkThere(database);
  return database;
}

/** Works on the store that is configured, beside any gateway that has it open. Throws `CommandError` where there is none. */
export const withStore = async <T>(variables: Variables, work: (store: Store) => Promise<T>): Promise<T> =>
  using(openStore(storeThere(variables), { beside: true }), work);

/**
 * Works on the store that is configured. Throws `CommandError` where there is none, and `StoreError` beside a gateway
 * with the same file, which would not hear of the change.
 */
export const withStoreAlone = async <T>(
  variables: Variables,
  work: (store: Store) => Promise<T>,
): Promise<T> => using(openStore(storeThere(variables)), work);

/** Works on the store that is configured, beside any gateway that has it open, and makes it where there is none. */
export const withAnyStore = async <T>(variables: Variables, work: (store: Store) => Promise<T>): Promise<T> =>
  using(openStore(databaseOf(variables), { beside: true }), work);
