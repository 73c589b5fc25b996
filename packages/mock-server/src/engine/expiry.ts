import type { Gid } from "@mesibo-groups/core";
import type { GroupState, World } from "./world.ts";

/** The group of that gid, unless there is none or its time is over. mesibo: that it is gone then is INFERRED. */
export function liveGroup(world: World, gid: Gid, now: number): GroupState | undefined {
  const group = world.groups.get(gid);
  if (group === undefined || group.expiresAt > now) return group;
  world.groups.delete(gid);
  return undefined;
}

/** Removes every group whose time is over. */
export function removeExpired(world: World, now: number): void {
  for (const { gid, expiresAt } of world.groups.values()) {
    if (expiresAt <= now) world.groups.delete(gid);
  }
}
