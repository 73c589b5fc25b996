import type { Gid } from "@mesibo-groups/core";
import { rely, type Behaviour } from "./behaviour.ts";
import type { GroupState, World } from "./world.ts";

/** How groups end, with what it rests on. */
export const expiryBehaviours = {
  expired_is_gone: {
    id: "expired_is_gone",
    sentence: "A group is gone when its expiry is over.",
    source: "SEED names the lifetime; what follows it is not published",
    confidence: "assumed",
  },
} as const satisfies Record<string, Behaviour>;

function end(world: World, gid: Gid): void {
  rely(world, expiryBehaviours.expired_is_gone);
  world.groups.delete(gid);
}

/** The group of that gid, unless there is none or its time is over. */
export function liveGroup(world: World, gid: Gid, now: number): GroupState | undefined {
  const group = world.groups.get(gid);
  if (group === undefined || group.expiresAt > now) return group;
  end(world, gid);
  return undefined;
}

/** The groups whose time is not over. Looking at them removes none of the others. */
export const liveGroups = (world: World, now: number): readonly GroupState[] =>
  [...world.groups.values()].filter(({ expiresAt }) => expiresAt > now);

/** Removes every group whose time is over. */
export function removeExpired(world: World, now: number): void {
  for (const { gid, expiresAt } of world.groups.values()) {
    if (expiresAt <= now) end(world, gid);
  }
}
