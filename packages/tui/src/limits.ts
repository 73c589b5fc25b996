/** Groups that are listed at most. */
export const MAX_GROUPS = 1000;

/** Members that are listed at most: more would not fit the longest answer that the client reads. */
export const MAX_MEMBERS = 100_000;
