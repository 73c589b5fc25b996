import { sql, type Kysely } from "kysely";
import type { MigrationDialect } from "../migrate.ts";
import type { Tables } from "../tables.ts";

/** Groups that are left alone after a lost change, known to every process. */
export async function quiet(db: Kysely<Tables>, { kind }: MigrationDialect): Promise<void> {
  const postgres = kind === "postgres";
  const whole = postgres ? sql`bigint` : sql`integer`;
  const table = db.schema.createTable("quiets");
  await (postgres ? table : table.modifyEnd(sql`strict`))
    .addColumn("gid", whole, (column) => column.primaryKey())
    .addColumn("until_at", whole, (column) => column.notNull())
    .execute();
}
