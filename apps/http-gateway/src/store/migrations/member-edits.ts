import { sql, type Kysely } from "kysely";
import type { MigrationDialect } from "../migrate.ts";
import type { Tables } from "../tables.ts";

/** Lists of members to edit, and operations that can be stopped. */
export async function memberEdits(db: Kysely<Tables>, { kind }: MigrationDialect): Promise<void> {
  const postgres = kind === "postgres";
  const whole = postgres ? sql`bigint` : sql`integer`;
  const text = postgres ? sql`text collate "C"` : sql`text`;
  const create = db.schema.createTable("member_edits");

  await db.schema.alterTable("operations").addColumn("cancel_asked_at", whole).execute();
  await (postgres ? create : create.modifyEnd(sql`strict`))
    .addColumn("operation", text, (column) => column.notNull())
    .addColumn("position", whole, (column) => column.notNull())
    .addColumn("address", text, (column) => column.notNull())
    .addColumn("permissions", whole)
    .addColumn("status", text, (column) => column.notNull())
    .addColumn("problem", text)
    .addPrimaryKeyConstraint("member_edits_key", ["operation", "position"])
    .addForeignKeyConstraint("member_edits_operation", ["operation"], "operations", ["id"], (constraint) =>
      constraint.onDelete("cascade"),
    )
    .execute();
}
