import { sql, type Kysely } from "kysely";
import type { MigrationDialect } from "../migrate.ts";
import type { Tables } from "../tables.ts";

/** The first schema. */
export async function first(db: Kysely<Tables>, { kind }: MigrationDialect): Promise<void> {
  const postgres = kind === "postgres";
  const whole = postgres ? sql`bigint` : sql`integer`;
  // Compared byte by byte in both, whatever the language of the database is.
  const text = postgres ? sql`text collate "C"` : sql`text`;
  const counted = postgres
    ? sql`bigint generated always as identity primary key`
    : sql`integer primary key autoincrement`;
  const table = (name: string) =>
    postgres ? db.schema.createTable(name) : db.schema.createTable(name).modifyEnd(sql`strict`);

  await table("operations")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("kind", text, (column) => column.notNull())
    .addColumn("state", text, (column) => column.notNull())
    .addColumn("actor", text, (column) => column.notNull())
    .addColumn("request_id", text, (column) => column.notNull())
    .addColumn("idempotency_key", text)
    .addColumn("fingerprint", text)
    .addColumn("gid", whole)
    .addColumn("request", text, (column) => column.notNull())
    .addColumn("progress", text)
    .addColumn("answer", text)
    .addColumn("resolution", text)
    .addColumn("instance", text, (column) => column.notNull())
    .addColumn("created_at", whole, (column) => column.notNull())
    .addColumn("ended_at", whole)
    .addUniqueConstraint("operations_key", ["actor", "idempotency_key"])
    .execute();
  await db.schema.createIndex("operations_state").on("operations").columns(["state", "id"]).execute();
  await db.schema.createIndex("operations_ended").on("operations").column("ended_at").execute();

  await table("groups")
    .addColumn("gid", whole, (column) => column.primaryKey())
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("flag", whole, (column) => column.notNull())
    .addColumn("expires_at", whole, (column) => column.notNull())
    .addColumn("expiry_extension", whole, (column) => column.notNull())
    .addColumn("active", whole, (column) => column.notNull())
    .addColumn("version", whole, (column) => column.notNull())
    .addColumn("source", text, (column) => column.notNull())
    .addColumn("created_at", whole, (column) => column.notNull())
    .addColumn("observed_at", whole, (column) => column.notNull())
    .addColumn("deleted_at", whole)
    .execute();

  await table("members")
    .addColumn("gid", whole, (column) => column.notNull())
    .addColumn("address", text, (column) => column.notNull())
    .addColumn("can_send", whole, (column) => column.notNull())
    .addColumn("can_receive", whole, (column) => column.notNull())
    .addColumn("can_publish", whole, (column) => column.notNull())
    .addColumn("can_subscribe", whole, (column) => column.notNull())
    .addColumn("can_list", whole, (column) => column.notNull())
    .addColumn("version", whole, (column) => column.notNull())
    .addColumn("source", text, (column) => column.notNull())
    .addColumn("observed_at", whole, (column) => column.notNull())
    .addPrimaryKeyConstraint("members_key", ["gid", "address"])
    .addForeignKeyConstraint("members_group", ["gid"], "groups", ["gid"])
    .execute();

  await table("events")
    .addColumn("id", counted)
    .addColumn("type", text, (column) => column.notNull())
    .addColumn("gid", whole)
    .addColumn("subject", text)
    .addColumn("payload", text, (column) => column.notNull())
    .addColumn("created_at", whole, (column) => column.notNull())
    .execute();
  await db.schema.createIndex("events_created").on("events").column("created_at").execute();

  await table("audit")
    .addColumn("id", counted)
    .addColumn("at", whole, (column) => column.notNull())
    .addColumn("actor", text, (column) => column.notNull())
    .addColumn("action", text, (column) => column.notNull())
    .addColumn("gid", whole)
    .addColumn("subject", text)
    .addColumn("operation", text)
    .addColumn("request_id", text, (column) => column.notNull())
    .addColumn("outcome", text, (column) => column.notNull())
    .addColumn("previous", text, (column) => column.notNull())
    .addColumn("hash", text, (column) => column.notNull())
    .execute();

  await table("api_keys")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("name", text, (column) => column.notNull())
    .addColumn("secret_hash", text, (column) => column.notNull())
    .addColumn("old_secret_hash", text)
    .addColumn("old_until", whole)
    .addColumn("scopes", text, (column) => column.notNull())
    .addColumn("groups", text)
    .addColumn("created_at", whole, (column) => column.notNull())
    .addColumn("expires_at", whole)
    .addColumn("revoked_at", whole)
    .addColumn("last_used_at", whole)
    .execute();

  await table("instances")
    .addColumn("id", text, (column) => column.primaryKey())
    .addColumn("label", text, (column) => column.notNull())
    .addColumn("started_at", whole, (column) => column.notNull())
    .addColumn("seen_at", whole, (column) => column.notNull())
    .execute();

  await table("meta")
    .addColumn("name", text, (column) => column.primaryKey())
    .addColumn("value", text, (column) => column.notNull())
    .execute();

  await table("rates")
    .addColumn("cell", text, (column) => column.primaryKey())
    .addColumn("due_at", whole, (column) => column.notNull())
    .execute();
}
