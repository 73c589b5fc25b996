import { noPermissions, type Gid } from "@mesibo-groups/core";
import { BulkReadError } from "../../bulk/limits.ts";
import { readMembers } from "../../bulk/read.ts";
import { previewOf } from "../list-preview.ts";
import type { State } from "../model.ts";
import type { BulkDialog } from "../dialogs.ts";
import { presentOf } from "../present.ts";
import { step, withDialog } from "../step.ts";
import { textField } from "../text-field.ts";
import type { Handler } from "./handler.ts";

/** The dialog for new members as it opens, with a text in it. */
export const bulkDialog = (gid: Gid, text: string): BulkDialog => ({
  kind: "bulk",
  gid,
  text: textField(text),
  reading: undefined,
  fault: undefined,
  list: undefined,
  // mesibo gives a new member nothing; whoever adds people to a group mostly wants them to take part.
  permissions: { ...noPermissions, send: true, receive: true },
  top: 0,
});

/** The path that a typed text names instead of a list, or undefined. */
export const pathOf = (text: string): string | undefined => /^\s*@([^\r\n]+?)\s*$/.exec(text)?.[1];

/** The state with a list read and looked over, or with the reason why it cannot be. */
export function withListRead(state: State, dialog: BulkDialog, text: string): State {
  try {
    const list = readMembers(text);
    if (list.rows.length + list.bad.length === 0)
      return withDialog(state, { ...dialog, reading: undefined, fault: "There is no address in the list." });
    return withDialog(state, { ...dialog, reading: undefined, fault: undefined, list, top: 0 });
  } catch (error) {
    if (!(error instanceof BulkReadError)) throw error;
    return withDialog(state, { ...dialog, reading: undefined, fault: error.message });
  }
}

/** Adding members: a list, a look at it, and off it goes. */
export const addActions = {
  add_members: (state) => {
    const { screen } = state;
    return step(screen.kind === "group" ? withDialog(state, bulkDialog(screen.gid, "")) : state);
  },
  preview: (state) => {
    const { dialog } = state;
    if (dialog?.kind !== "bulk") return step(state);
    const { text } = dialog.text;
    const path = pathOf(text);
    if (path === undefined) return step(withListRead(state, dialog, text));
    const reading = { kind: "read_file", path } as const;
    return step(withDialog(state, { ...dialog, reading, fault: undefined }), reading);
  },
  add_now: (state) => {
    const { dialog } = state;
    const preview = dialog?.kind === "bulk" ? previewOf(state, dialog) : undefined;
    if (dialog?.kind !== "bulk" || preview === undefined) return step(state);
    const { gid } = dialog;
    const before = presentOf(state, gid);
    const { plan } = preview;
    const sent = { ...withDialog(state, undefined), notice: undefined };
    return step(sent, { kind: "run_bulk", gid, plan, makeUsers: false, before, follows: undefined });
  },
} as const satisfies Record<string, Handler>;
