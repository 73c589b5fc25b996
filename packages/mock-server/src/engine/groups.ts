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
import { liveGroup, removeExpired } from "./expiry.ts";
import { ownGroup } from "./fork.ts";
import { join, listFault } from "./members.ts";
import { done, refused, type EngineOutcome } from "./outcome.ts";
import { limitOf, matches } from "./pattern.ts";
import { createRoster, dropMember, membersOf, type Roster } from "./roster.ts";
import type { GroupState, World } from "./world.ts";

// mesibo: the DELETE bit is a transient marker and never stored (HDR); every other unknown bit is kept.
const stored = (flags: GroupFlags): GroupFlags =>
  (flags.other & DELETE_BIT) === 0 ? flags : withFlags(flags, { other: (flags.other & ~DELETE_BIT) >>> 0 });

/** mesibo: the conferencing demo always sends expiry 0, so 0 cannot mean "at once" (CONF; INFERRED). */
const lifetime = (expiry: number | undefined): number =>
  expiry === undefined || expiry <= 0 ? DEFAULT_GROUP_EXPIRY : expiry;

/** Makes a group. Two equal calls make two groups, as on mesibo (mesibo/samples#73). */
export function groupadd(world: World, request: GroupAdd, now: number): EngineOutcome<GroupResult> {
  const { members = [], permissions = {} } = request;
  const fault = listFault(world, members);
  if (fault !== undefined) return fault;

  const group: GroupState = {
    gid: world.nextGid,
    owner: world.owner,
    name: request.name ?? "",
    flags: stored(request.flags ?? normalFlags),
    expiresAt: now + lifetime(request.expiry),
    expiryext: request.expiryext ?? 0,
    active: request.active ?? true,
    pinned: request.pinned ?? false,
    sflags: request.sflags ?? 0,
    roster: createRoster(),
    cursor: -1,
  };
  world.nextGid += 1;
  world.groups.set(group.gid, group);
  for (const address of members) join(group.roster, address, permissions);
  return done({ group: { gid: group.gid } });
}

/** mesibo: `m` replaces the member list (CONF, MAB); an empty one leaves it (INFERRED: section 10, rows 12, 13). */
function replaceMembers(roster: Roster, { members = [], permissions = {} }: GroupSet): void {
  if (members.length === 0) return;
  const wanted = new Set(members);
  const leaving = [...membersOf(roster)].filter(({ address }) => !wanted.has(address));
  for (const { address } of leaving) dropMember(roster, address);
  for (const address of members) join(roster, address, permissions);
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
  // Below -1 is as little a lifetime as -1 is, so it leaves the expiry alone too (INFERRED).
  if (request.expiry !== undefined && request.expiry >= 0) group.expiresAt = now + lifetime(request.expiry);
  group.expiryext = request.expiryext ?? group.expiryext;
  group.active = request.active ?? group.active;
  group.pinned = request.pinned ?? group.pinned;
  group.sflags = request.sflags ?? group.sflags;
  replaceMembers(group.roster, request);
  return done({ group: { gid: group.gid } });
}

/** Deletes a group with its memberships (CON). */
export function groupdel(world: World, { gid }: GroupDel, now: number): EngineOutcome<object> {
  if (liveGroup(world, gid, now) === undefined) return refused("group", ["gid"]);
  world.groups.delete(gid);
  return done({});
}

/** Lists groups whose name matches, oldest first. */
export function groupsget(
  world: World,
  { pattern, count }: GroupsGet,
  now: number,
): EngineOutcome<GroupsResult> {
  removeExpired(world, now);
  const limit = limitOf(count);
  const groups = [];
  for (const group of world.groups.values()) {
    if (groups.length === limit) break;
    const { gid, name, flags, expiresAt, expiryext, active, pinned } = group;
    if (matches(pattern, name))
      groups.push({ gid, name, flags, expiry: expiresAt - now, expiryext, active, pinned });
  }
  return done({ groups, count: groups.length, groupscount: world.groups.size });
}
