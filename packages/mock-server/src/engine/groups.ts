import {
  DEFAULT_GROUP_EXPIRY,
  DELETE_BIT,
  normalFlags,
  withFlags,
  type GroupAdd,
  type GroupDel,
  type GroupFlags,
  type GroupResult,
  type GroupSet,
  type GroupsGet,
  type GroupsResult,
} from "@mesibo-groups/core";
import { rely, type Behaviour } from "./behaviour.ts";
import { liveGroup, removeExpired } from "./expiry.ts";
import { ownGroup } from "./fork.ts";
import { join, listFault, relyOnPermissions } from "./members.ts";
import { done, refused, type EngineOutcome } from "./outcome.ts";
import { limitOf, createMatcher, relyOnPattern } from "./pattern.ts";
import { createRoster, dropMember, membersOf, type Roster } from "./roster.ts";
import type { GroupState, World } from "./world.ts";

/** How groups are made, changed and listed, with what it rests on. */
export const groupBehaviours = {
  twins: {
    id: "twins",
    sentence: "Two equal groupadds make two groups.",
    source: "mesibo/samples#73",
    confidence: "recorded",
  },
  gids_ascend: {
    id: "gids_ascend",
    sentence: "gids ascend by one from 102529.",
    source: "ND, ROWN show ascending numbers; that there are no gaps is not published",
    confidence: "assumed",
  },
  expiry_zero: {
    id: "expiry_zero",
    sentence: "An expiry of 0 or less on groupadd, and of 0 on groupset, means the default of one year.",
    source: "CONF always sends 0, so 0 cannot mean at once",
    confidence: "assumed",
  },
  expiry_below_zero_stays: {
    id: "expiry_below_zero_stays",
    sentence: "An expiry below -1 on groupset leaves the expiry alone, as -1 does.",
    source: "CON for -1; below it nothing is published",
    confidence: "assumed",
  },
  delete_bit_not_stored: {
    id: "delete_bit_not_stored",
    sentence:
      "The DELETE bit of a flag is a passing marker and never stored; every other unknown bit is kept.",
    source: "HDR",
    confidence: "recorded",
  },
  groupset_replaces_members: {
    id: "groupset_replaces_members",
    sentence: "A list m on groupset replaces the members.",
    source: "CONF, MAB",
    confidence: "recorded",
  },
  groupset_empty_list: {
    id: "groupset_empty_list",
    sentence: "A list m without an address on groupset leaves the members.",
    source: "section 10, row 12",
    confidence: "assumed",
  },
  groupsget_answer: {
    id: "groupsget_answer",
    sentence: "groupsget answers groups, count and groupscount, oldest group first.",
    source: "by analogy with usersget (CON)",
    confidence: "assumed",
  },
} as const satisfies Record<string, Behaviour>;

const stored = (flags: GroupFlags): GroupFlags =>
  (flags.other & DELETE_BIT) === 0 ? flags : withFlags(flags, { other: (flags.other & ~DELETE_BIT) >>> 0 });

function lifetime(world: World, expiry: number | undefined): number {
  if (expiry === undefined) return DEFAULT_GROUP_EXPIRY;
  if (expiry > 0) return expiry;
  rely(world, groupBehaviours.expiry_zero);
  return DEFAULT_GROUP_EXPIRY;
}

/** Makes a group. Two equal calls make two groups. */
export function groupadd(world: World, request: GroupAdd, now: number): EngineOutcome<GroupResult> {
  const { members = [], permissions = {} } = request;
  const fault = listFault(world, members);
  if (fault !== undefined) return fault;

  const group: GroupState = {
    gid: world.nextGid,
    owner: world.owner,
    name: request.name ?? "",
    flags: stored(request.flags ?? normalFlags),
    expiresAt: now + lifetime(world, request.expiry),
    expiryext: request.expiryext ?? 0,
    active: request.active ?? true,
    pinned: request.pinned ?? false,
    sflags: request.sflags ?? 0,
    roster: createRoster(),
    cursor: -1,
  };
  world.nextGid += 1;
  world.groups.set(group.gid, group);
  if (members.length > 0) relyOnPermissions(world, permissions);
  for (const address of members) join(world, group.roster, { address, permissions });
  return done({ group: { gid: group.gid } });
}

function replaceMembers(world: World, roster: Roster, { members, permissions = {} }: GroupSet): void {
  if (members === undefined) return;
  if (members.length === 0) {
    rely(world, groupBehaviours.groupset_empty_list);
    return;
  }
  const wanted = new Set(members);
  const leaving = [...membersOf(roster)].filter(({ address }) => !wanted.has(address));
  for (const { address } of leaving) dropMember(roster, address);
  relyOnPermissions(world, permissions);
  for (const address of members) join(world, roster, { address, permissions });
}

function nextExpiry(world: World, group: GroupState, expiry: number, now: number): number {
  if (expiry >= 0) return now + lifetime(world, expiry);
  rely(world, groupBehaviours.expiry_below_zero_stays);
  return group.expiresAt;
}

/** Changes a group; what is not given stays. */
export function groupset(world: World, request: GroupSet, now: number): EngineOutcome<GroupResult> {
  const found = liveGroup(world, request.gid, now);
  if (found === undefined) return refused("group", ["gid"]);
  const fault = listFault(world, request.members ?? []);
  if (fault !== undefined) return fault;

  const group = ownGroup(world, found);
  group.name = request.name ?? group.name;
  if (request.flags !== undefined) group.flags = stored(request.flags);
  if (request.expiry !== undefined) group.expiresAt = nextExpiry(world, group, request.expiry, now);
  group.expiryext = request.expiryext ?? group.expiryext;
  group.active = request.active ?? group.active;
  group.pinned = request.pinned ?? group.pinned;
  group.sflags = request.sflags ?? group.sflags;
  replaceMembers(world, group.roster, request);
  return done({ group: { gid: group.gid } });
}

/** Deletes a group with its memberships (CON). */
export function groupdel(world: World, { gid }: GroupDel, now: number): EngineOutcome<object> {
  if (liveGroup(world, gid, now) === undefined) return refused("group", ["gid"]);
  world.groups.delete(gid);
  return done({});
}

/** Lists groups whose name createMatcher, oldest first. */
export function groupsget(
  world: World,
  { pattern, count }: GroupsGet,
  now: number,
): EngineOutcome<GroupsResult> {
  removeExpired(world, now);
  rely(world, groupBehaviours.groupsget_answer);
  relyOnPattern(world, pattern);
  const limit = limitOf(world, count);
  const isWanted = createMatcher(pattern);
  const groups = [];
  for (const group of world.groups.values()) {
    if (groups.length === limit) break;
    const { gid, name, flags, expiresAt, expiryext, active, pinned } = group;
    if (isWanted(name)) groups.push({ gid, name, flags, expiry: expiresAt - now, expiryext, active, pinned });
  }
  return done({ groups, count: groups.length, groupscount: world.groups.size });
}
