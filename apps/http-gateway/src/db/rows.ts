import { createHash } from "node:crypto";
import { sql, type Kysely } from "kysely";
import type { Store } from "../store/store.ts";
import type { Tables } from "../store/tables.ts";
import { copiedTables, type CopiedTable } from "./copied.ts";

/** A row as both databases hold it. */
export type Row = Readonly<Record<string, string | number | null>>;

/** The name of the row in `meta` that an unfinished copy leaves. It is of one place, so it is not copied. */
export const COPY_MARK = "copy";

/** How many rows are read and written at once. */
const AT_ONCE = 500;

interface Place {
  readonly db: Kysely<Tables>;
  readonly table: CopiedTable;
}

async function nextRows({ db, table }: Place, after: Row | undefined): Promise<readonly Row[]> {
  const { key, columns } = copiedTables[table];
  const order = sql.join(key.map((column) => sql.ref(column)));
  const from =
    after === undefined ? sql`` : sql`where (${order}) > (${sql.join(key.map((column) => after[column]))})`;
  const query = sql<Row>`select ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(table)}
    ${from} order by ${order} limit ${AT_ONCE}`;
  return (await query.execute(db)).rows;
}

/** The rows of a table in the order of its key, some at a time. */
export async function* rowsOf(store: Store, table: CopiedTable): AsyncGenerator<readonly Row[]> {
  for (let after: Row | undefined; ;) {
    const last: Row | undefined = after;
    const rows = await store.read((db) => nextRows({ db, table }, last));
    yield rows.filter(({ name }) => table !== "meta" || name !== COPY_MARK);
    after = rows.at(-1);
    if (rows.length < AT_ONCE) return;
  }
}

/** Writes rows with the ids that they have. */
export async function writeRows(
  { db, table, kind }: Place & Pick<Store, "kind">,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const { columns } = copiedTables[table];
  const given =
    kind === "postgres" && "counted" in copiedTables[table] ? sql`overriding system value` : sql``;
  const values = rows.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
  await sql`insert into ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
    ${given} values ${sql.join(values)}`.execute(db);
}

/** What is compared of a table: how many rows there are, and a hash over all of them. */
export interface Digest {
  readonly rows: number;
  readonly hash: string;
}

/** The digest of a table. The same rows have the same one in both databases. */
export async function digestOf(store: Store, table: CopiedTable): Promise<Digest> {
  const { columns } = copiedTables[table];
  const hash = createHash("sha256");
  let count = 0;
  for await (const rows of rowsOf(store, table)) {
    for (const row of rows) hash.update(`${JSON.stringify(columns.map((column) => row[column]))}\n`);
    count += rows.length;
  }
  return { rows: count, hash: hash.digest("hex") };
}
