import { sql, type Kysely } from "kysely";
import type { Store } from "../store/store.ts";
import type { Tables } from "../store/tables.ts";

// The ids that a database gives go on where they were, although the rows with the last ones may be gone: a follower
// of the events remembers the last id that it has seen.

/** A table whose ids the database gives. */
export type CountedTable = "events" | "audit";

/** Every one of them. */
export const countedTables: readonly CountedTable[] = ["events", "audit"];

interface Counter {
  readonly db: Kysely<Tables>;
  readonly kind: Store["kind"];
  readonly table: CountedTable;
}

/** The last id that was given; 0 where none was. */
export async function lastId({ db, kind, table }: Counter): Promise<number> {
  const query =
    kind === "sqlite"
      ? sql<{ last: number }>`select seq as last from sqlite_sequence where name = ${table}`
      : sql<{ last: number }>`select case when is_called then last_value else 0 end as last
          from ${sql.table(`${table}_id_seq`)}`;
  return (await query.execute(db)).rows[0]?.last ?? 0;
}

/** Makes the next id the one after this. */
export async function setLastId({ db, kind, table }: Counter, last: number): Promise<void> {
  if (last === 0) return;
  if (kind === "postgres") {
    await sql`select setval(${`${table}_id_seq`}, ${last})`.execute(db);
    return;
  }
  await sql`delete from sqlite_sequence where name = ${table}`.execute(db);
  await sql`insert into sqlite_sequence (name, seq) values (${table}, ${last})`.execute(db);
}
