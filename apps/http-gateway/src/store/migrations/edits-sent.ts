import { sql, type Kysely } from "kysely";
import type { MigrationDialect } from "../migrate.ts";
import type { Tables } from "../tables.ts";

/** When each edit of a list was sent, so that it has its place among the other changes of its member. */
export async function editsSent(db: Kysely<Tables>, { kind }: MigrationDialect): Promise<void> {
  const text = kind === "postgres" ? sql`text collate "C"` : sql`text`;
  await db.schema.alterTable("member_edits").addColumn("sent", text).execute();
}
