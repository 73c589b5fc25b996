import type { Address, GroupFlags, Permissions } from "@mesibo-groups/core";

/** A group to make, with its members. */
export interface SeedGroup {
  readonly name: string;
  readonly flags?: GroupFlags | undefined;
  readonly members?: readonly { readonly address: Address; readonly permissions?: Partial<Permissions> }[];
}

/** What a world starts with: users first, then groups in order, so that gids are predictable. */
export interface Seed {
  readonly users: readonly Address[];
  readonly groups: readonly SeedGroup[];
}

export const demoSeed: Seed = { users: [], groups: [] };
