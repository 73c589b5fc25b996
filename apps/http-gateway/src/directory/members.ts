import type { Address, Gid, Permissions } from "@mesibo-groups/core";
import type { Kysely, Selectable } from "kysely";
import { compiled, type Places } from "../store/compiled.ts";
import type { Store } from "../store/store.ts";
import type { MemberRow, Tables } from "../store/tables.ts";

/** A member as the gateway knows them. */
export interface KnownMember {
  readonly gid: Gid;
  readonly address: Address;
  readonly permissions: Permissions;
  /** Counts the changes, from 1. */
  readonly version: number;
  readonly source: "set" | "imported";
  /** When mesibo last confirmed them, in Unix milliseconds. */
  readonly observedAt: number;
}

function known(row: Selectable<MemberRow>): KnownMember {
  return {
    gid: row.gid,
    address: row.address,
    permissions: {
      send: row.can_send === 1,
      receive: row.can_receive === 1,
      publish: row.can_publish === 1,
      subscribe: row.can_subscribe === 1,
      list: row.can_list === 1,
    },
    version: row.version,
    source: row.source === "imported" ? "imported" : "set",
    observedAt: row.observed_at,
  };
}

/** Who somebody is: an address is a member of many groups. */
interface MemberKey {
  readonly gid: Gid;
  readonly address: Address;
}

const selectMember = compiled((db, { gid, address }: Places<MemberKey>) =>
  db.selectFrom("members").selectAll().where("gid", "=", gid).where("address", "=", address),
);

/** One member, or undefined where the gateway knows none with this address in the group. */
export async function findMember(db: Kysely<Tables>, key: MemberKey): Promise<KnownMember | undefined> {
  const [row] = await selectMember(db, key);
  return row === undefined ? undefined : known(row);
}

/** Those of some addresses who are members of a group. */
export async function findMembers(
  db: Kysely<Tables>,
  { gid, addresses }: { readonly gid: Gid; readonly addresses: readonly Address[] },
): Promise<readonly KnownMember[]> {
  const found: KnownMember[] = [];
  for (const some of portions(addresses)) {
    const rows = await db
      .selectFrom("members")
      .selectAll()
      .where("gid", "=", gid)
      .where("address", "in", some)
      .execute();
    found.push(...rows.map(known));
  }
  return found;
}

/** What to list. */
export interface MemberQuery {
  readonly gid: Gid;
  /** The address before the first; the empty text for the start. */
  readonly after: Address;
  readonly limit: number;
}

/** Members of a group by address, from the one after `after`. */
export async function listMembers(
  db: Kysely<Tables>,
  { gid, after, limit }: MemberQuery,
): Promise<readonly KnownMember[]> {
  const rows = await db
    .selectFrom("members")
    .selectAll()
    .where("gid", "=", gid)
    .where("address", ">", after)
    .orderBy("address")
    .limit(limit)
    .execute();
  return rows.map(known);
}

const AT_ONCE = 5_000;

/** Every member of a group that the gateway knows, by address. */
export async function allMembers(store: Pick<Store, "read">, gid: Gid): Promise<readonly KnownMember[]> {
  const all: KnownMember[] = [];
  for (;;) {
    const after = all.at(-1)?.address ?? "";
    const some = await store.read((db) => listMembers(db, { gid, after, limit: AT_ONCE }));
    for (const member of some) all.push(member);
    if (some.length < AT_ONCE) return all;
  }
}

/** Members to set: all with the same permissions. */
export interface MembersSet {
  readonly gid: Gid;
  readonly addresses: readonly Address[];
  readonly permissions: Permissions;
  readonly source: KnownMember["source"];
  readonly at: number;
}

// Well below what either database takes as parameters of one statement.
const ROWS_AT_ONCE = 500;

/** Splits a list into lists that one statement takes. */
function* portions<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < list.length; from += ROWS_AT_ONCE) yield list.slice(from, from + ROWS_AT_ONCE);
}

/** Takes members up, or sets the permissions of those who are known. */
export async function setMembers(
  db: Kysely<Tables>,
  { gid, addresses, permissions, source, at }: MembersSet,
): Promise<void> {
  const { send, receive, publish, subscribe, list } = permissions;
  const values = {
    can_send: Number(send),
    can_receive: Number(receive),
    can_publish: Number(publish),
    can_subscribe: Number(subscribe),
    can_list: Number(list),
    source,
    observed_at: at,
  };
  for (const some of portions(addresses)) {
    await db
      .insertInto("members")
      .values(some.map((address) => ({ gid, address, ...values, version: 1 })))
      .onConflict((conflict) =>
        conflict
          .columns(["gid", "address"])
          .doUpdateSet((of) => ({ ...values, version: of("members.version", "+", 1) })),
      )
      .execute();
  }
}

/** Notes that mesibo has confirmed members who are known as they are. */
export async function confirmMembers(
  db: Kysely<Tables>,
  { gid, addresses, at }: { readonly gid: Gid; readonly addresses: readonly Address[]; readonly at: number },
): Promise<void> {
  for (const some of portions(addresses)) {
    await db
      .updateTable("members")
      .set({ observed_at: at })
      .where("gid", "=", gid)
      .where("address", "in", some)
      .execute();
  }
}

/** Forgets members of a group. */
export async function dropMembers(
  db: Kysely<Tables>,
  { gid, addresses }: { readonly gid: Gid; readonly addresses: readonly Address[] },
): Promise<void> {
  for (const some of portions(addresses)) {
    await db.deleteFrom("members").where("gid", "=", gid).where("address", "in", some).execute();
  }
}
