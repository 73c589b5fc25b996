import type { Address, Gid, Member } from "@mesibo-groups/core";
import { plural } from "../../text/words.ts";
import { requireConfirmation } from "../gid.ts";

/** More removals than this need the group to be named once more. */
const MAX_UNCONFIRMED = 25;

/** Members that are to go. */
export interface Removal {
  readonly gid: Gid;
  readonly confirm: readonly string[];
  /** Whether the profile raises every confirmation by one level. */
  readonly danger: boolean | undefined;
}

/** Refuses to remove many or all members unless the group was named once more. */
export function confirmRemoval(
  { gid, confirm, danger }: Removal,
  removed: readonly Address[],
  present: readonly Member[],
): void {
  const leaving = new Set(removed);
  const all = present.length > 0 && present.every(({ address }) => leaving.has(address));
  const unconfirmed = danger === true ? 0 : MAX_UNCONFIRMED;
  if (removed.length <= unconfirmed && !all) return;
  requireConfirmation(
    { gid, confirm },
    `Removing ${all ? "all members" : plural(removed.length, "member")} of group ${gid}`,
  );
}
