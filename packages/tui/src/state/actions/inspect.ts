import { draftInFocus, inspected } from "../inspected.ts";
import { step, withDialog } from "../step.ts";
import type { Handler } from "./handler.ts";

const handOver =
  (to: "pager" | "editor"): Handler =>
  (state) => {
    const handout = inspected(state);
    return handout === undefined ? step(state) : step(state, { kind: "hand_over", to, ...handout });
  };

/** What is done with the call that is open. */
export const inspectActions = {
  open_in_pager: handOver("pager"),
  open_in_editor: (state) => {
    const draft = draftInFocus(state);
    return draft === undefined ? handOver("editor")(state) : step(state, { kind: "edit_call", draft });
  },
  edit_again: (state) => {
    const { dialog } = state;
    if (dialog?.kind !== "draft") return step(state);
    return step(withDialog(state, undefined), { kind: "edit_call", draft: dialog.draft });
  },
} as const satisfies Record<string, Handler>;
