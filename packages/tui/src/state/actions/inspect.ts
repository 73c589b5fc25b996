import { inspected } from "../inspected.ts";
import { step } from "../step.ts";
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
  open_in_editor: handOver("editor"),
} as const satisfies Record<string, Handler>;
