import type { Gid } from "@mesibo-groups/core";
import { nothingKnown, type Present } from "../bulk/present.ts";
import type { State } from "./model.ts";

/** What is known of a group's members now. Of an edit without an answer nobody knows. */
export function presentOf({ data }: State, gid: Gid): Present {
  const roster = data.rosters.get(gid);
  if (roster === undefined) return nothingKnown;
  const { members, complete, doubtful } = roster;
  if (doubtful.size === 0) return { members, complete };
  return { members: members.filter(({ address }) => !doubtful.has(address)), complete: false };
}
