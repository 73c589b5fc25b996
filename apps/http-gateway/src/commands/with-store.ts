import { readDatabase } from "../config.ts";
import { createSettings, type Variables } from "../settings.ts";
import { openStore } from "../store/open.ts";
import type { OpenOptions } from "../store/sqlite.ts";
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

/**
 * Works on the store that is configured, by default beside any gateway that has it open. Throws `CommandError` where
 * there is none: a path that was mistyped must not become one.
 */
export async function withStore<T>(
  variables: Variables,
  work: (store: Store) => Promise<T>,
  options?: OpenOptions,
): Promise<T> {
  checkThere(databaseOf(variables));
  return withAnyStore(variables, work, options);
}

/** Works on the store that is configured, and makes it where there is none. */
export async function withAnyStore<T>(
  variables: Variables,
  work: (store: Store) => Promise<T>,
  options: OpenOptions = { beside: true },
): Promise<T> {
  const store = await openStore(databaseOf(variables), options);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
