import { shownMembers } from "../actions/members.ts";
import { isBusy } from "../bulk-job.ts";
import { keyHere } from "../key-here.ts";
import { previewOf } from "../list-preview.ts";
import type { State } from "../model.ts";

/** Why there is no member to do something with. */
export function targetFault(state: State): string | undefined {
  if (state.dialog !== undefined || state.screen.kind !== "group") return undefined;
  // Only listed rows are marked. Each frame asks, so nobody is looked for among thousands.
  return state.screen.marks.marked.size > 0 || shownMembers(state, state.screen).length > 0
    ? undefined
    : `There is no member here; ${keyHere(state, "add_members")} adds some.`;
}

/** Why a list of addresses cannot be looked over. */
export function listFault({ dialog }: State): string | undefined {
  if (dialog?.kind !== "bulk") return undefined;
  if (dialog.reading !== undefined) return "The file is being read.";
  return /\S/.test(dialog.text.text) ? undefined : "Type or paste at least one address.";
}

/** Said while a job of many calls runs for the group. */
export const BUSY = "A job of this group is running. Wait for it, or stop it: esc in the list of members.";

/** Why the list that is looked over cannot be sent. */
export function addFault(state: State): string | undefined {
  const { dialog } = state;
  if (dialog?.kind !== "bulk") return undefined;
  if (isBusy(state, dialog.gid)) return BUSY;
  const preview = previewOf(state, dialog);
  return preview?.plan.members === 0 ? "No address in the list can be sent." : undefined;
}
