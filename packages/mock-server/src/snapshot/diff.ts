import type { Address, Gid, Permissions } from "@mesibo-groups/core";
import { liveGroups } from "../engine/expiry.ts";
import { memberAt, membersOf } from "../engine/roster.ts";
import type { GroupState, UserState, World } from "../engine/world.ts";
import { groupFacts } from "../group-facts.ts";

/** A setting that is not the same in two worlds. */
export interface ChangedField {
  readonly field: string;
  readonly a: unknown;
  readonly b: unknown;
}

/** A user or group that is not the same in two worlds. */
export interface Changed<Key> {
  readonly key: Key;
  readonly fields: readonly ChangedField[];
}

/** What differs between the members of a group in two worlds. */
export interface MembersDiff {
  readonly gid: Gid;
  readonly only_a: readonly Address[];
  readonly only_b: readonly Address[];
  readonly changed: readonly {
    readonly address: Address;
    readonly a: Permissions;
    readonly b: Permissions;
  }[];
}

/** What differs between two worlds. Clocks, deliveries and counters are left out. */
export interface WorldDiff {
  readonly same: boolean;
  readonly users: {
    readonly only_a: readonly Address[];
    readonly only_b: readonly Address[];
    readonly changed: readonly Changed<Address>[];
  };
  readonly groups: {
    readonly only_a: readonly Gid[];
    readonly only_b: readonly Gid[];
    readonly changed: readonly Changed<Gid>[];
  };
  readonly members: readonly MembersDiff[];
}

type Facts = Readonly<Record<string, unknown>>;

// A user's token is a secret of the user, and says nothing about the world.
const userFacts = ({ uid, name, appid, active, pinned, online, flag }: UserState): Facts => ({
  uid,
  name,
  appid,
  active,
  pinned,
  online,
  flag,
});

const changedFields = (a: Facts, b: Facts): readonly ChangedField[] =>
  Object.keys(a)
    .filter((field) => a[field] !== b[field])
    .map((field) => ({ field, a: a[field], b: b[field] }));

const missing = <K>(keys: Iterable<K>, from: ReadonlyMap<K, unknown>): readonly K[] =>
  [...keys].filter((key) => !from.has(key));

function* pairs<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): Generator<readonly [K, V, V]> {
  for (const [key, left] of a) {
    const right = b.get(key);
    if (right !== undefined && right !== left) yield [key, left, right];
  }
}

const samePermissions = (a: Permissions, b: Permissions): boolean =>
  a.send === b.send &&
  a.receive === b.receive &&
  a.publish === b.publish &&
  a.subscribe === b.subscribe &&
  a.list === b.list;

function membersDiff(a: GroupState, b: GroupState): MembersDiff | undefined {
  const only_a: Address[] = [];
  const changed: { address: Address; a: Permissions; b: Permissions }[] = [];
  for (const { address, permissions } of membersOf(a.roster)) {
    const other = memberAt(b.roster, address)?.permissions;
    if (other === undefined) only_a.push(address);
    else if (!samePermissions(permissions, other)) changed.push({ address, a: permissions, b: other });
  }
  const only_b = Array.from(membersOf(b.roster), ({ address }) => address).filter(
    (address) => memberAt(a.roster, address) === undefined,
  );
  return only_a.length + only_b.length + changed.length === 0
    ? undefined
    : { gid: a.gid, only_a, only_b, changed };
}

/** A world at a time. */
export interface Moment {
  readonly world: World;
  /** Unix seconds on the world's clock: groups whose time is over then are not there. */
  readonly now: number;
}

const groupsAt = ({ world, now }: Moment): ReadonlyMap<Gid, GroupState> =>
  new Map(liveGroups(world, now).map((group) => [group.gid, group]));

/** Tells what differs between two worlds: users by address, groups and their members by gid. */
export function diffWorlds(left: Moment, right: Moment): WorldDiff {
  const [a, b] = [left.world, right.world];
  const [groupsA, groupsB] = [groupsAt(left), groupsAt(right)];
  const usersChanged = [...a.uids].flatMap(([key, uid]) => {
    const [one, other] = [a.users.get(uid), b.users.get(b.uids.get(key) ?? -1)];
    const fields =
      one === undefined || other === undefined ? [] : changedFields(userFacts(one), userFacts(other));
    return fields.length === 0 ? [] : [{ key, fields }];
  });
  const groups = [...pairs(groupsA, groupsB)];
  const groupsChanged = groups.flatMap(([key, one, other]) => {
    const fields = changedFields(groupFacts(one), groupFacts(other));
    return fields.length === 0 ? [] : [{ key, fields }];
  });
  const members = groups.flatMap(([, one, other]) => membersDiff(one, other) ?? []);
  const found = {
    users: {
      only_a: missing(a.uids.keys(), b.uids),
      only_b: missing(b.uids.keys(), a.uids),
      changed: usersChanged,
    },
    groups: {
      only_a: missing(groupsA.keys(), groupsB),
      only_b: missing(groupsB.keys(), groupsA),
      changed: groupsChanged,
    },
    members,
  };
  const lists = [...Object.values(found.users), ...Object.values(found.groups), members];
  return { same: lists.every(({ length }) => length === 0), ...found };
}
