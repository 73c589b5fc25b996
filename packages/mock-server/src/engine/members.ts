import {
  noPermissions,
  permissionNames,
  type Address,
  type GroupEditMembers,
  type GroupGetMembers,
  type MembersResult,
  type Permissions,
} from "@mesibo-groups/core";
import { rely, type Behaviour } from "./behaviour.ts";
import { liveGroup } from "./expiry.ts";
import { ownGroup } from "./fork.ts";
import { done, refused, type EngineOutcome, type Refused } from "./outcome.ts";
import { limitOf } from "./pattern.ts";
import { changePermissions } from "./permission-set.ts";
import { dropMember, memberAt, membersOf, putMember, type Roster } from "./roster.ts";
import { userAt, type World } from "./world.ts";

/** The longest list in one request. */
const MAX_LIST = 100_000;

/** How members are added, changed and removed, with what it rests on. */
export const memberBehaviours = {
  only_users: {
    id: "only_users",
    sentence: "Only users of the app can become members.",
    source: "SEED",
    confidence: "documented",
  },
  all_or_nothing: {
    id: "all_or_nothing",
    sentence: "A list with one address that is no user changes nothing.",
    source: "section 10, row 10",
    confidence: "assumed",
  },
  longest_list: {
    id: "longest_list",
    sentence: `A list m holds at most ${MAX_LIST} addresses.`,
    source: "no source names a limit; this one keeps the mock answering",
    confidence: "assumed",
  },
  permissions_not_given: {
    id: "permissions_not_given",
    sentence: "A permission that is not given is off for a new member and stays for a known one.",
    source: "section 10, row 14",
    confidence: "assumed",
  },
  list_needed: {
    id: "list_needed",
    sentence: "groupeditmembers without an address in m is refused.",
    source: "section 10, row 12",
    confidence: "assumed",
  },
  removing_nobody: {
    id: "removing_nobody",
    sentence: "Removing who is no member, or no user at all, is done and changes nothing.",
    source: "section 10, row 11",
    confidence: "assumed",
  },
  joining_order: {
    id: "joining_order",
    sentence: "Members are listed in the order of joining.",
    source: "INFERRED",
    confidence: "assumed",
  },
} as const satisfies Record<string, Behaviour>;

/** Refuses a list that is too long; undefined where it is fine. */
function lengthFault(world: World, { length }: readonly Address[]): Refused | undefined {
  if (length <= MAX_LIST) return undefined;
  rely(world, memberBehaviours.longest_list);
  return refused("malformed", ["m"], `m must hold at most ${MAX_LIST} addresses, not ${length}`);
}

/** Refuses a list that is too long or names somebody who is no user of the app; undefined where it is fine. */
export function listFault(world: World, addresses: readonly Address[]): Refused | undefined {
  const tooLong = lengthFault(world, addresses);
  if (tooLong !== undefined) return tooLong;
  const unknown = addresses.filter((address) => !world.uids.has(address));
  if (unknown.length === 0) return undefined;
  if (unknown.length < addresses.length) rely(world, memberBehaviours.all_or_nothing);
  const named = unknown.slice(0, 3).join(", ");
  return refused("user", ["m"], unknown.length > 3 ? `${named} and ${unknown.length - 3} more` : named);
}

/** Adds a user as a member, or changes one. */
export function join(world: World, roster: Roster, { address, permissions }: Joining): void {
  const known = memberAt(roster, address);
  if (known !== undefined) {
    putMember(roster, known.address, changePermissions(known.permissions, permissions));
    return;
  }
  // The user's own text, and not the request's: each would keep its whole request in memory.
  const own = userAt(world, address)?.address ?? address;
  putMember(roster, own, changePermissions(noPermissions, permissions));
}

/** An address with the permissions that a request gives it. */
export interface Joining {
  readonly address: Address;
  readonly permissions: Partial<Permissions>;
}

/** Notes what permissions that leave some out rest on. */
export function relyOnPermissions(world: World, permissions: Partial<Permissions>): void {
  if (permissionNames.some((name) => permissions[name] === undefined))
    rely(world, memberBehaviours.permissions_not_given);
}

function leave(world: World, roster: Roster, address: Address): void {
  if (memberAt(roster, address) === undefined) rely(world, memberBehaviours.removing_nobody);
  dropMember(roster, address);
}

/** Adds, changes or removes members. Costs what the list costs, whatever the size of the group. */
export function groupeditmembers(
  world: World,
  { gid, members, permissions, remove }: GroupEditMembers,
  now: number,
): EngineOutcome<object> {
  if (members.length === 0) {
    rely(world, memberBehaviours.list_needed);
    return refused("missing", ["m"], "m");
  }
  const group = liveGroup(world, gid, now);
  if (group === undefined) return refused("group", ["gid"]);
  const fault = remove ? lengthFault(world, members) : listFault(world, members);
  if (fault !== undefined) return fault;
  const { roster } = ownGroup(world, group);
  if (!remove) relyOnPermissions(world, permissions);
  for (const address of members) {
    if (remove) leave(world, roster, address);
    else join(world, roster, { address, permissions });
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
  rely(world, memberBehaviours.joining_order);
  const limit = limitOf(world, count);
  const members = [];
  for (const { address, permissions } of membersOf(group.roster)) {
    if (members.length === limit) break;
    members.push({ uid: world.uids.get(address), address, permissions });
  }
  return done({ count: members.length, gid, members });
}
