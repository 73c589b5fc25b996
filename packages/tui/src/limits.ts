import type { Dialect } from "@mesibo-groups/core";

/** Groups that are listed at most. */
export const MAX_GROUPS = 1000;

/** Members that are listed at most: more would not fit the longest answer that the client reads. */
export const MAX_MEMBERS = 100_000;

// mesibo: the v1 API lists 20 members at most, whatever the count that is asked for, and does not tell how many there are.
/** Members that a server lists at most, by the dialect that it is asked in. */
export const maxMembersOf = (dialect: Dialect): number => (dialect === "form" ? 20 : MAX_MEMBERS);
