import type { Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { StoreError } from "./errors.ts";
import { editsSent } from "./migrations/edits-sent.ts";
import { first } from "./migrations/first.ts";
import { memberEdits } from "./migrations/member-edits.ts";
import { quiet } from "./migrations/quiet.ts";
import { trace } from "./migrations/trace.ts";
import type { Tables } from "./tables.ts";

/** What a migration has to know about the database. */
export interface MigrationDialect {
  readonly kind: "sqlite" | "postgres";
}

type Change = (db: Kysely<Tables>, dialect: MigrationDialect) => Promise<void>;

/** Every change of the schema, in order. A change that has been released is never changed again. */
const changes = {
  "0001-first": first,
  "0002-member-edits": memberEdits,
  "0003-quiet": quiet,
  "0004-edits-sent": editsSent,
  "0005-trace": trace,
} as const satisfies Record<string, Change>;

/** A database whose schema is looked at. */
export interface Migrated extends MigrationDialect {
  readonly place: string;
}

function migratorOf(db: Kysely<Tables>, { kind }: MigrationDialect): Migrator {
  return new Migrator({
    db,
    provider: {
      getMigrations: async () =>
        Object.fromEntries(
          Object.entries(changes).map(([name, change]) => [name, { up: (db) => change(db, { kind }) }]),
        ),
    },
  });
}

/** The changes of the schema that a database has not had yet. */
export async function missingChanges(
  db: Kysely<Tables>,
  dialect: MigrationDialect,
): Promise<readonly string[]> {
  const migrations = await migratorOf(db, dialect).getMigrations();
  return migrations.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
}

/** Throws {@link StoreError} `newer` unless a database has this version's schema. Changes nothing. */
export async function checkSchema(db: Kysely<Tables>, { kind, place }: Migrated): Promise<void> {
  if ((await missingChanges(db, { kind })).length === 0) return;
  const message = `The gateway that has ${place} open is of another version: use its own commands, or end it first.`;
  throw new StoreError("newer", message);
}

/**
 * Brings a database to this version's schema. One process at a time does so; Kysely sees to that.
 *
 * Throws {@link StoreError} `newer` where a later version was here before.
 */
export async function migrate(db: Kysely<Tables>, { kind, place }: Migrated): Promise<void> {
  const { error } = await migratorOf(db, { kind }).migrateToLatest();
  if (error === undefined) return;
  const words = error instanceof Error ? error.message : "";
  if (/corrupted migrations/.test(words)) {
    const message = `${place} was written by a later version of the gateway: use that version, or another place.`;
    throw new StoreError("newer", message, { cause: error });
  }
  throw error;
}
