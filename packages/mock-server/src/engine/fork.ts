import { copyRoster } from "./roster.ts";
import type { GroupState, World } from "./world.ts";

/**
 * A second world with the same state. Both go on by themselves: what is shared is copied by the first of them
 * to change it, group by group.
 */
export function forkWorld(world: World): World {
  // The parent too must not change in place any more what the fork now shares.
  world.owner = {};
  return {
    ...world,
    owner: {},
    users: new Map(world.users),
    uids: new Map(world.uids),
    groups: new Map(world.groups),
    deliveries: [...world.deliveries],
    relied: [],
  };
}

/** The group as this world may change it: itself, or a copy in its place where a fork still shares it. */
export function ownGroup(world: World, group: GroupState): GroupState {
  if (group.owner === world.owner) return group;
  const copy = { ...group, owner: world.owner, roster: copyRoster(group.roster) };
  world.groups.set(group.gid, copy);
  return copy;
}
