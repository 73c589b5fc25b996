import { haltedWords } from "../state/halted-words.ts";
import type { State } from "../state/model.ts";
import type { Page } from "./page.ts";
import { dialogPage } from "./pages/dialogs.ts";
import { screenPage } from "./pages/screens.ts";

/** What is in front, in sentences. Depends on the state alone. */
export function describe(state: State): Page {
  if (state.halted !== undefined) {
    const [title, ...lines] = haltedWords(state.halted);
    return { title, lines: lines.filter((line) => line !== ""), items: [] };
  }
  return state.dialog === undefined ? screenPage(state) : dialogPage(state, state.dialog);
}
