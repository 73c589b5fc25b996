import {
  noPermissions,
  type Address,
  type GroupEditMembers,
  type GroupGetMembers,
  type MembersResult,
  type Permissions,
} from "@mesibo-groups/core";
import { liveGroup } from "./expiry.ts";
import { ownGroup } from "./fork.ts";
import { done, refused, type EngineOutcome, type Refused } from "./outcome.ts";
import { limitOf } from "./pattern.ts";
import { dropMember, memberAt, membersOf, putMember, type Roster } from "./roster.ts";
import type { World } from "./world.ts";

/** The longest list in one request. No source names a limit; this one keeps the mock answering. */
export const MAX_LIST = 100_000;

/** Refuses a list that is too long; undefined where it is fine. */
function lengthFault({ length }: readonly Address[]): Refused | undefined {
  if (length <= MAX_LIST) return undefined;
  return refused("malformed", ["m"], `m must hold at most ${MAX_LIST} addresses, not ${length}`);
}

/** Refuses a list that is too long or names somebody who is no user of the app; undefined where it is fine. */
export function listFault(world: World, addresses: readonly Address[]): Refused | undefined {
  const tooLong = lengthFault(addresses);
  if (tooLong !== undefined) return tooLong;
  const unknown = addresses.filter((address) => !world.uids.has(address));
  if (unknown.length === 0) return undefined;
  // mesibo: whether a mixed list is applied in part is not published; here it is all or nothing (INFERRED).
  const named = unknown.slice(0, 3).join(", ");
  return refused("user", ["m"], unknown.length > 3 ? `${named} and ${unknown.length - 3} more` : named);
}

/** Adds a member, or changes one: what is not given is off for a new one and stays for a known one (INFERRED). */
export function join(roster: Roster, address: Address, permissions: Partial<Permissions>): void {
  const before = memberAt(roster, address)?.permissions ?? noPermissions;
  putMember(roster, address, { ...before, ...permissions });
}

/** Adds, changes or removes members. Costs what the list costs, whatever the size of the group. */
export function groupeditmembers(
  world: World,
  { gid, members, permissions, remove }: GroupEditMembers,
  now: number,
): EngineOutcome<object> {
  // mesibo: a list of nothing but commas is as good as none; what an absent m gives is not published (INFERRED).
  if (members.length === 0) return refused("missing", ["m"], "m");
  const group = liveGroup(world, gid, now);
  if (group === undefined) return refused("group", ["gid"]);
  const fault = remove ? lengthFault(members) : listFault(world, members);
  if (fault !== undefined) return fault;
  const { roster } = ownGroup(world, group);
  for (const address of members) {
    // Who is no member, or no user at all, is removed without an error (INFERRED: section 10, row 11).
    if (remove) dropMember(roster, address);
    else join(roster, address, permissions);
  }
  return done({});
}

/** Lists members in the order of joining. */
export function groupgetmembers(
  world: World,
  { gid, count }: GroupGetMembers,
  now: number,
): EngineOutcome<MembersResult> {
  const group = liveGroup(world, gid, now);
  if (group === undefined) return refused("group", ["gid"]);
  const limit = limitOf(count);
  const members = [];
  for (const { address, permissions } of membersOf(group.roster)) {
    if (members.length === limit) break;
    members.push({ uid: world.uids.get(address), address, permissions });
  }
  return done({ count: members.length, gid, members });
}
