import type { Permissions } from "@mesibo-groups/core";
import { previewMembers, type Preview } from "../bulk/preview.ts";
import type { BulkList } from "../bulk/read.ts";
import type { Roster, State } from "./model.ts";
import type { BulkDialog } from "./dialogs.ts";
import { presentOf } from "./present.ts";

interface Seen {
  readonly permissions: Permissions;
  readonly roster: Roster | undefined;
  readonly preview: Preview;
}

const seen = new WeakMap<BulkList, Seen>();

/** What the list of a dialog would do to the group as it is known now; undefined while the list is typed. */
export function previewOf(state: State, { list, gid, permissions }: BulkDialog): Preview | undefined {
  if (list === undefined) return undefined;
  const roster = state.data.rosters.get(gid);
  const last = seen.get(list);
  // A frame asks several times, and a list may have 100,000 rows.
  if (last !== undefined && last.permissions === permissions && last.roster === roster) return last.preview;
  const preview = previewMembers(list, { permissions, present: presentOf(state, gid) });
  seen.set(list, { permissions, roster, preview });
  return preview;
}
