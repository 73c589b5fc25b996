import type { DeskAnswer } from "./effects.ts";
import type { State } from "./model.ts";
import { noticed, withDialog } from "./step.ts";

/** The state after something was copied or written to a file, or was not. */
export function atDesk(state: State, answer: DeskAnswer): State {
  switch (answer.kind) {
    case "copied":
      return noticed(state, "done", `Copied ${answer.what} with ${answer.way}.`);
    case "not_copied": {
      const { what, text } = answer;
      // A dialog that came up meanwhile wants its own answer first.
      if (state.dialog !== undefined)
        return noticed(state, "not_sent", `No way to copy ${what} was found on this machine.`);
      const title = `No clipboard was found: select ${what} here`;
      return withDialog(state, { kind: "message", title, text, top: 0 });
    }
    case "exported":
      return noticed(state, "done", `Wrote ${answer.what} to ${answer.path}.`);
    case "handed_over":
      return state;
    case "not_handed_over":
      return noticed(state, "info", answer.reason);
    case "not_exported":
      return noticed(state, "not_sent", answer.reason);
  }
}
