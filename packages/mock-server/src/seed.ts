import {
  allPermissions,
  flagPresets,
  noPermissions,
  normalFlags,
  type Address,
  type GroupFlags,
  type Permissions,
} from "@mesibo-groups/core";
import { apply } from "./engine/apply.ts";
import { createWorld, type World } from "./engine/world.ts";

/** A group to make, with its members in order. */
export interface SeedGroup {
  readonly name: string;
  /** Default: 0, normal. */
  readonly flags?: GroupFlags | undefined;
  readonly members?: readonly {
    readonly address: Address;
    /** What is not given is off. */
    readonly permissions?: Partial<Permissions> | undefined;
  }[];
}

/** What a world starts with: users first, then groups in order, so that gids are predictable. */
export interface Seed {
  readonly users: readonly Address[];
  readonly groups: readonly SeedGroup[];
}

const listener: Permissions = { ...noPermissions, receive: true, subscribe: true };

/**
 * A small team to look around in: six users and one group of each kind that mesibo names.
 *
 * @example
 * ```ts
 * import { createMock, demoSeed } from "@mesibo-groups/mock-server";
 *
 * const mock = createMock({ seed: demoSeed });
 * console.assert(mock.world().groups().length === demoSeed.groups.length);
 * ```
 */
export const demoSeed: Seed = {
  users: [
    "alice@example.com",
    "bob@example.com",
    "carol@example.com",
    "dave@example.com",
    "erin@example.com",
    "+15550100",
  ],
  groups: [
    {
      name: "News",
      flags: flagPresets.broadcast,
      members: [
        { address: "alice@example.com", permissions: allPermissions },
        { address: "bob@example.com", permissions: listener },
        { address: "carol@example.com", permissions: listener },
        { address: "dave@example.com", permissions: listener },
      ],
    },
    {
      name: "Support",
      flags: flagPresets.hunt_group,
      members: [{ address: "bob@example.com" }, { address: "erin@example.com" }, { address: "+15550100" }],
    },
    {
      name: "Team",
      flags: normalFlags,
      members: [
        { address: "alice@example.com" },
        { address: "bob@example.com" },
        { address: "carol@example.com" },
      ],
    },
    { name: "Lobby", flags: flagPresets.public_room, members: [{ address: "alice@example.com" }] },
  ],
};

/** A seed contradicts itself. */
export class SeedError extends Error {
  override readonly name = "SeedError";
}

/** Adds a seed's users and groups to a world. Throws, half-way, when the seed contradicts itself. */
export function applySeed(world: World, seed: Seed, now: number): void {
  for (const address of seed.users) {
    const added = apply(world, { op: "useradd", request: { address } }, now);
    if (!added.ok)
      throw new SeedError(`seed: user ${JSON.stringify(address)} was refused with ${added.refusal.error}`);
  }
  for (const { name, flags, members = [] } of seed.groups) {
    const added = apply(world, { op: "groupadd", request: { name, flags } }, now);
    if (!added.ok)
      throw new SeedError(`seed: group ${JSON.stringify(name)} was refused with ${added.refusal.error}`);
    for (const { address, permissions = {} } of members) {
      const request = { gid: added.result.group.gid, members: [address], permissions, remove: false };
      const edited = apply(world, { op: "groupeditmembers", request }, now);
      if (!edited.ok)
        throw new SeedError(`seed: member ${JSON.stringify(address)} is not among the seed's users`);
    }
  }
  // What a seed rests on is nobody's request.
  world.relied = [];
}

/** A new world with the seed in it. Throws when the seed contradicts itself. */
export function seededWorld(seed: Seed | undefined, now: number): World {
  const world = createWorld();
  if (seed !== undefined) applySeed(world, seed, now);
  return world;
}
