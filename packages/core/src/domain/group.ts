import type { GroupFlags } from "./flags.ts";

/** A group id: unsigned 32-bit. Ids below 12 are mesibo's own audiences, never groups (HDR). */
export type Gid = number;

/**
 * The largest gid: gids are unsigned 32-bit.
 *
 * @example
 * ```ts
 * import { MAX_GID } from "@mesibo-groups/core";
 *
 * console.assert(MAX_GID === 2 ** 32 - 1);
 * ```
 */
export const MAX_GID = 2 ** 32 - 1;

/**
 * Lifetime of a group in seconds when none is given: one year (SEED).
 *
 * @example
 * ```ts
 * import { DEFAULT_GROUP_EXPIRY } from "@mesibo-groups/core";
 *
 * console.assert(DEFAULT_GROUP_EXPIRY === 365 * 24 * 60 * 60);
 * ```
 */
export const DEFAULT_GROUP_EXPIRY = 31_536_000;

/** A group as mesibo knows it. */
export interface Group {
  readonly gid: Gid;
  readonly name: string;
  readonly flags: GroupFlags;
  /** Seconds until the group expires. */
  readonly expiry: number;
  /** Seconds by which each activity pushes the expiry forward; 0 is off. */
  readonly expiryext: number;
  readonly active: boolean;
  readonly pinned: boolean;
}
