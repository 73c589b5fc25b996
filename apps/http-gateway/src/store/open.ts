import type { OpenOptions } from "./sqlite.ts";
import type { Store } from "./store.ts";

/**
 * Opens the store that a `DATABASE_URL` names: `postgres://…`, or `file:` with a path, or a path alone.
 *
 * Throws `StoreError` where it cannot be used.
 */
export async function openStore(url: string, options: OpenOptions = {}): Promise<Store> {
  // Loaded when it is needed: a gateway with a file has no use for a PostgreSQL driver, and starts without it.
  if (/^postgres(?:ql)?:/.test(url)) return (await import("./postgres.ts")).openPostgres(url);
  const { openSqlite } = await import("./sqlite.ts");
  return openSqlite(url.replace(/^file:(?:\/\/(?=\/))?/, ""), options);
}
