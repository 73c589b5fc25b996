import { decodeFlags, encodeFlags, type Gid, type GroupFlags, type RoutedGroup } from "@mesibo-groups/core";
import { sql, type Expression, type ExpressionBuilder, type Kysely, type Selectable } from "kysely";
import type { GroupRule } from "../access/group-rule.ts";
import { compiled, type Places } from "../store/compiled.ts";
import type { Store } from "../store/store.ts";
import type { GroupRow, Tables } from "../store/tables.ts";

/** A group as the gateway knows it. Times are Unix milliseconds. */
export interface KnownGroup {
  readonly gid: Gid;
  readonly name: string;
  readonly flags: GroupFlags;
  readonly expiresAt: number;
  /** Seconds by which each activity pushes the expiry forward; 0 is off. */
  readonly expiryExtension: number;
  readonly active: boolean;
  /** Counts the changes, from 1. */
  readonly version: number;
  readonly source: "created" | "imported";
  readonly createdAt: number;
  /** When mesibo last confirmed it. */
  readonly observedAt: number;
}

/** What a change can set. */
export type GroupFields = Pick<KnownGroup, "name" | "flags" | "expiresAt" | "expiryExtension" | "active">;

function known(row: Selectable<GroupRow>): KnownGroup {
  return {
    gid: row.gid,
    name: row.name,
    flags: decodeFlags(row.flag),
    expiresAt: row.expires_at,
    expiryExtension: row.expiry_extension,
    active: row.active === 1,
    version: row.version,
    source: row.source === "imported" ? "imported" : "created",
    createdAt: row.created_at,
    observedAt: row.observed_at,
  };
}

/** A group as core's rules take it, at a moment in Unix milliseconds. */
export function asRouted({ flags, active, expiresAt }: KnownGroup, at: number): RoutedGroup {
  return { flags, active, expired: expiresAt <= at };
}

const columns = ({ name, flags, expiresAt, expiryExtension, active }: GroupFields) => ({
  name,
  flag: encodeFlags(flags),
  expires_at: expiresAt,
  expiry_extension: expiryExtension,
  active: Number(active),
});

const selectKnown = compiled((db, { gid }: Places<{ readonly gid: Gid }>) =>
  db.selectFrom("groups").selectAll().where("gid", "=", gid).where("deleted_at", "is", null),
);

/** A group, or undefined where the gateway knows none with this gid. */
export async function findGroup(db: Kysely<Tables>, gid: Gid): Promise<KnownGroup | undefined> {
  const [row] = await selectKnown(db, { gid });
  return row === undefined ? undefined : known(row);
}

/** What to list. */
export interface GroupQuery {
  readonly after: Gid;
  readonly limit: number;
  /** A text, with `*` for any run of characters. */
  readonly name?: string | undefined;
  /** Only the groups that a key may touch. */
  readonly rule?: GroupRule | undefined;
  /** The database's kind: each has a pattern of its own that minds upper and lower case. */
  readonly kind: Store["kind"];
}

/** Whether a name matches a pattern in which nothing but `*` is special. */
function matches(
  name: Expression<string>,
  { pattern, kind }: { readonly pattern: string; readonly kind: Store["kind"] },
) {
  if (kind === "sqlite") return sql<boolean>`${name} glob ${pattern.replaceAll(/[[?]/g, "[$&]")}`;
  const like = pattern.replaceAll(/[\\%_]/g, "\\$&").replaceAll("*", "%");
  return sql<boolean>`${name} like ${like} escape '\\'`;
}

/** Groups by gid, from the one after `after`. */
export async function listGroups(
  db: Kysely<Tables>,
  { after, limit, name, rule, kind }: GroupQuery,
): Promise<readonly KnownGroup[]> {
  let query = db
    .selectFrom("groups")
    .selectAll()
    .where("gid", ">", after)
    .where("deleted_at", "is", null)
    .orderBy("gid")
    .limit(limit);
  if (name !== undefined) {
    query = name.includes("*")
      ? query.where((where) => matches(where.ref("name"), { pattern: name, kind }))
      : query.where("name", "=", name);
  }
  if (rule !== undefined) query = query.where((where) => where.or(allowed(where, rule)));
  return (await query.execute()).map(known);
}

/** What one of must hold of a group that a key with a rule may touch: what `mayTouch` says, for the database. */
function allowed(where: ExpressionBuilder<Tables, "groups">, { gids = [], name_prefix: prefix }: GroupRule) {
  // Compared character by character: a pattern of the database would have signs of its own.
  const begins =
    prefix === undefined
      ? []
      : [where(sql<string>`substr(${where.ref("name")}, 1, ${Array.from(prefix).length})`, "=", prefix)];
  return [where("gid", "in", gids.length === 0 ? [-1] : gids), ...begins];
}

/** A group that is new to the gateway. */
export type NewGroup = GroupFields & Pick<KnownGroup, "gid" | "source"> & { readonly at: number };

const upsertRow = compiled((db, { gid, created_at, ...values }: Places<Omit<GroupRow, "version">>) =>
  db
    .insertInto("groups")
    .values({ gid, created_at, version: 1, ...values })
    .onConflict((conflict) =>
      conflict.column("gid").doUpdateSet((of) => ({ ...values, version: of("groups.version", "+", 1) })),
    )
    .returningAll(),
);

/**
 * Takes a group up, and answers it. One that was known under the gid before is replaced: mesibo gives a gid once,
 * so it is the same group.
 */
export async function saveGroup(
  db: Kysely<Tables>,
  { gid, source, at, ...fields }: NewGroup,
): Promise<KnownGroup> {
  const [row] = await upsertRow(db, {
    gid,
    ...columns(fields),
    source,
    created_at: at,
    observed_at: at,
    deleted_at: null,
  });
  if (row === undefined) throw new Error("an upsert answered no row");
  return known(row);
}

/** Sets what a change names, and answers the group after it; undefined where the gateway knows none. */
export async function changeGroup(
  db: Kysely<Tables>,
  { gid, at, ...fields }: GroupFields & { readonly gid: Gid; readonly at: number },
): Promise<KnownGroup | undefined> {
  const row = await db
    .updateTable("groups")
    .set((of) => ({ ...columns(fields), observed_at: at, version: of("version", "+", 1) }))
    .where("gid", "=", gid)
    .where("deleted_at", "is", null)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? undefined : known(row);
}

/** Marks a group as deleted and forgets its members. Answers whether the gateway knew it. */
export async function dropGroup(
  db: Kysely<Tables>,
  { gid, at }: { readonly gid: Gid; readonly at: number },
): Promise<boolean> {
  await db.deleteFrom("members").where("gid", "=", gid).execute();
  const { numUpdatedRows } = await db
    .updateTable("groups")
    .set((of) => ({ deleted_at: at, version: of("version", "+", 1) }))
    .where("gid", "=", gid)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** When a group was deleted here, or undefined. */
export async function deletedAt(db: Kysely<Tables>, gid: Gid): Promise<number | undefined> {
  const row = await db.selectFrom("groups").select("deleted_at").where("gid", "=", gid).executeTakeFirst();
  return row?.deleted_at ?? undefined;
}
