import type { Address, Gid, Member } from "@mesibo-groups/core";
import { requireConfirmation } from "../gid.ts";

/** More removals than this need the group to be named once more. */
const MAX_UNCONFIRMED = 25;

/** Refuses to remove many or all members unless the group was named once more. */
export function confirmRemoval(
  { gid, confirm }: { readonly gid: Gid; readonly confirm: readonly string[] },
  removed: readonly Address[],
  present: readonly Member[],
): void {
  const leaving = new Set(removed);
  const all = present.length > 0 && present.every(({ address }) => leaving.has(address));
  if (removed.length <= MAX_UNCONFIRMED && !all) return;
  requireConfirmation({ gid, confirm }, `Removing ${all ? "all" : removed.length} members of group ${gid}`);
}
