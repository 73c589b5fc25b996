import type { Kysely } from "kysely";
import type { Tables } from "./tables.ts";

/** What a database says of itself. */
export type MetaName =
  /** What has stopped the client. */
  | "latch"
  /** Up to where the history of events was deleted. */
  | "events-gone"
  /** The hash of the last entry of the audit that was deleted. */
  | "audit-gone"
  /** That it is a copy which is not finished. */
  | "copy";

/** What a database says of itself, or undefined. */
export async function readMeta(db: Kysely<Tables>, name: MetaName): Promise<string | undefined> {
  const row = await db.selectFrom("meta").select("value").where("name", "=", name).executeTakeFirst();
  return row?.value;
}

/** Writes down what a database says of itself, over what it said before. */
export async function writeMeta(
  db: Kysely<Tables>,
  { name, value }: { readonly name: MetaName; readonly value: string },
): Promise<void> {
  await db
    .insertInto("meta")
    .values({ name, value })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
    .execute();
}

/** Deletes what a database says of itself. False where it said nothing. */
export async function deleteMeta(db: Kysely<Tables>, name: MetaName): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom("meta").where("name", "=", name).executeTakeFirst();
  return numDeletedRows > 0n;
}
