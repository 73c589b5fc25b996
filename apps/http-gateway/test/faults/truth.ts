import type { Run } from "./run.ts";

/** A group as both sides can tell it. */
interface Fact {
  readonly gid: number;
  readonly name: string;
  readonly flag: number;
  /** Unix seconds. */
  readonly expiresAt: number;
  readonly extension: number;
  readonly active: boolean;
  /** By address: `send` 1, `receive` 2, `publish` 4, `subscribe` 8, `list` 16. */
  readonly members: Readonly<Record<string, number>>;
}

const byGid = (one: { readonly gid: number }, other: { readonly gid: number }): number => one.gid - other.gid;

/** Every group that the mock has. */
export function mockFacts({ mock }: Run): readonly Fact[] {
  return mock
    .world()
    .snapshot()
    .groups.map(({ gid, name, flag, expires_at, expiryext, active, members }) => ({
      gid,
      name,
      flag,
      expiresAt: expires_at,
      extension: expiryext,
      active,
      members: Object.fromEntries(members.map(([address, , bits]) => [address, bits])),
    }))
    .toSorted(byGid);
}

/** Every group that the gateways know. */
export async function directoryFacts({ engine: { store } }: Run): Promise<readonly Fact[]> {
  const { groups, members } = await store.read(async (db) => ({
    groups: await db.selectFrom("groups").selectAll().where("deleted_at", "is", null).execute(),
    members: await db.selectFrom("members").selectAll().execute(),
  }));
  const known = new Map(
    groups.map((row) => {
      const fact: Fact & { members: Record<string, number> } = {
        gid: row.gid,
        name: row.name,
        flag: row.flag,
        expiresAt: row.expires_at / 1000,
        extension: row.expiry_extension,
        active: row.active === 1,
        members: {},
      };
      return [row.gid, fact];
    }),
  );
  for (const row of members) {
    const fact = known.get(row.gid);
    if (fact === undefined) throw new Error(`group ${row.gid} is gone and has a member, ${row.address}`);
    fact.members[row.address] =
      row.can_send + 2 * row.can_receive + 4 * row.can_publish + 8 * row.can_subscribe + 16 * row.can_list;
  }
  return [...known.values()].toSorted(byGid);
}
