import { bulkDialog } from "./actions/add-members.ts";
import { editInFocus } from "./edits.ts";
import type { Signal } from "./events.ts";
import { focusOf } from "./focus.ts";
import type { State } from "./model.ts";
import { noticed, withDialog } from "./step.ts";
import { insert, textField } from "./text-field.ts";
import { unavailable } from "./unavailable.ts";

/** The state with a text pasted: into the field in focus, or as a list of members to add. */
export function pasted(
  state: State,
  { text: given, over = false }: Extract<Signal, { kind: "pasted" }>,
): State {
  const { screen } = state;
  // Terminals send the line breaks of a paste as the enter key does: as carriage returns.
  const text = given.replaceAll(/\r\n?/g, "\n");
  const focus = focusOf(state);
  if (focus === "members" && screen.kind === "group") {
    const reason = unavailable(state, "add_members");
    if (reason !== undefined) return noticed(state, "info", reason);
    return withDialog(state, bulkDialog(screen.gid, text));
  }
  // Only a list of addresses has lines.
  const shown = focus === "add" ? text : text.replaceAll(/\n+/g, " ");
  const edited = editInFocus(state, (field) => insert(over ? textField() : field, shown));
  return edited ?? noticed(state, "info", "There is nothing to paste into here.");
}
