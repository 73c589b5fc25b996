import type { Gid } from "@mesibo-groups/core";
import { membersOf } from "./roster.ts";
import type { GroupState, World } from "./world.ts";

/** Removes a group with its memberships. */
export function removeGroup(world: World, group: GroupState): void {
  for (const { address } of membersOf(group.roster)) {
    const uid = world.uids.get(address);
    if (uid !== undefined) world.users.get(uid)?.gids.delete(group.gid);
  }
  world.groups.delete(group.gid);
}

/** The group of that gid, unless there is none or its time is over. mesibo: that it is gone then is INFERRED. */
export function liveGroup(world: World, gid: Gid, now: number): GroupState | undefined {
  const group = world.groups.get(gid);
  if (group === undefined || group.expiresAt > now) return group;
  removeGroup(world, group);
  return undefined;
}

/** Removes every group whose time is over. */
export function removeExpired(world: World, now: number): void {
  for (const group of world.groups.values()) {
    if (group.expiresAt <= now) removeGroup(world, group);
  }
}
