import type { Address, Member, Permissions } from "@mesibo-groups/core";

/** The members that a group has, as far as they are known. */
export interface Present {
  readonly members: readonly Member[];
  /** False where the server may have more than were listed. */
  readonly complete: boolean;
}

/** Nothing is known about a group's members. */
export const nothingKnown: Present = { members: [], complete: false };

/** What is known about one address: its permissions, that it is no member, or nothing. */
export type Known = Permissions | "absent" | "unknown";

/** A way to look addresses up. */
export function lookUp({ members, complete }: Present): (address: Address) => Known {
  const known = new Map(members.map(({ address, permissions }) => [address, permissions]));
  return (address) => known.get(address) ?? (complete ? "absent" : "unknown");
}
