/** The most members that one request edits. */
export const MAX_EDITS = 50_000;

/** The most edits that are answered within the request, where the caller does not read them as a stream. */
export const MAX_INLINE_EDITS = 1_000;

/** The largest body with a list of members: 16 MiB. */
export const MAX_LIST_BYTES = 16 * 1024 * 1024;
