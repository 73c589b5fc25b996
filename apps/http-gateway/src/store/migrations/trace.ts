import { sql, type Kysely } from "kysely";
import type { MigrationDialect } from "../migrate.ts";
import type { Tables } from "../tables.ts";

/** The trace that the request for an operation was part of. */
export async function trace(db: Kysely<Tables>, { kind }: MigrationDialect): Promise<void> {
  const text = kind === "postgres" ? sql`text collate "C"` : sql`text`;
  await db.schema.alterTable("operations").addColumn("trace_id", text).execute();
}
