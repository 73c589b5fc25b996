import type { Kysely, Selectable } from "kysely";
import * as z from "zod";
import { groupRule, type GroupRule } from "../access/group-rule.ts";
import type { ApiKeyRow, Tables } from "../store/tables.ts";
import { isScope, type Scope } from "./scopes.ts";

/** A key as it is kept: everything but the key itself. Times are Unix milliseconds. */
export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly hash: string;
  /** The hash before a rotation, and until when it still opens. */
  readonly old: { readonly hash: string; readonly until: number } | undefined;
  readonly scopes: readonly Scope[];
  readonly groups: GroupRule | undefined;
  readonly createdAt: number;
  readonly expiresAt: number | undefined;
  readonly revokedAt: number | undefined;
  /** To the minute. */
  readonly lastUsedAt: number | undefined;
}

const texts = z.array(z.string());

/** A key as it is stored. A scope that this version does not know allows nothing. */
function readApiKey(row: Selectable<ApiKeyRow>): ApiKey {
  return {
    id: row.id,
    name: row.name,
    hash: row.secret_hash,
    old:
      row.old_secret_hash === null || row.old_until === null
        ? undefined
        : { hash: row.old_secret_hash, until: row.old_until },
    scopes: texts.parse(JSON.parse(row.scopes)).filter(isScope),
    groups: row.groups === null ? undefined : groupRule.parse(JSON.parse(row.groups)),
    createdAt: row.created_at,
    expiresAt: row.expires_at ?? undefined,
    revokedAt: row.revoked_at ?? undefined,
    lastUsedAt: row.last_used_at ?? undefined,
  };
}

/** Writes a new key down. */
export async function insertApiKey(db: Kysely<Tables>, key: ApiKey): Promise<void> {
  await db
    .insertInto("api_keys")
    .values({
      id: key.id,
      name: key.name,
      secret_hash: key.hash,
      old_secret_hash: null,
      old_until: null,
      scopes: JSON.stringify(key.scopes),
      groups: key.groups === undefined ? null : JSON.stringify(key.groups),
      created_at: key.createdAt,
      expires_at: key.expiresAt ?? null,
      revoked_at: null,
      last_used_at: null,
    })
    .execute();
}

/** One key, or undefined. */
export async function findApiKey(db: Kysely<Tables>, id: string): Promise<ApiKey | undefined> {
  const row = await db.selectFrom("api_keys").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? undefined : readApiKey(row);
}

/** Keys by id, from the one after `after`. */
export async function listApiKeys(
  db: Kysely<Tables>,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly ApiKey[]> {
  const rows = await db
    .selectFrom("api_keys")
    .selectAll()
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(readApiKey);
}

/** Gives a key another secret. The one before opens until then. */
export async function replaceHash(
  db: Kysely<Tables>,
  { id, hash, oldUntil }: { readonly id: string; readonly hash: string; readonly oldUntil: number },
): Promise<void> {
  await db
    .updateTable("api_keys")
    .set((of) => ({ old_secret_hash: of.ref("secret_hash"), old_until: oldUntil, secret_hash: hash }))
    .where("id", "=", id)
    .execute();
}

/** Ends a key for good. Answers false where it had ended before, or there is none. */
export async function markRevoked(
  db: Kysely<Tables>,
  { id, at }: { readonly id: string; readonly at: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("api_keys")
    .set({ revoked_at: at })
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Writes down that a key was used. */
export async function markUsed(
  db: Kysely<Tables>,
  { id, at }: { readonly id: string; readonly at: number },
): Promise<void> {
  await db
    .updateTable("api_keys")
    .set({ last_used_at: at })
    .where("id", "=", id)
    .where((where) => where.or([where("last_used_at", "is", null), where("last_used_at", "<", at)]))
    .execute();
}
