import type { Program } from "../program.ts";
import { ITEMS_AT_ONCE, itemLines, newsOf, noticeWords, pageLines, tenthsOf, type Said } from "./announce.ts";
import { describe } from "./describe.ts";

/** Says lines, without the empty ones. */
export type Say = (...lines: readonly string[]) => void;

/** Whoever says what there is and what becomes of it. */
export interface Narrator {
  /** Says what is new. */
  readonly announce: () => void;
  /** Says the page in front, as far as it is said at once. */
  readonly list: () => void;
  /** Says the items behind those that were said. */
  readonly more: () => void;
  /** Says the last message again. */
  readonly message: () => void;
}

/** Says that a task goes on, at its start and every ten percent. */
function followTasks(program: Program, say: Say): void {
  let tenths = new Map<number, number>();
  program.subscribe(() => {
    const now = new Map<number, number>();
    for (const { id, text } of program.state().running) {
      const reached = tenthsOf(text) ?? 0;
      const before = tenths.get(id);
      now.set(id, Math.max(reached, before ?? 0));
      if (before === undefined) say(`Working: ${text}.`);
      else if (reached > before) say(`Progress ${reached * 10} percent.`);
    }
    tenths = now;
  });
}

/** Begins to say what happens to the application. */
export function createNarrator(program: Program, say: Say): Narrator {
  let said: Said = { page: undefined, notice: undefined };
  let from = 0;
  followTasks(program, say);
  return {
    announce: () => {
      if (program.state().quit) return;
      // The help of the screens is nothing to talk about.
      if (program.state().help !== undefined) program.dispatch({ kind: "key", key: { name: "esc" } });
      const state = program.state();
      const page = describe(state);
      if (page.title !== said.page?.title) from = 0;
      say(...newsOf(said, { state, page }));
      said = { page, notice: state.notice };
    },
    list: () => say(...pageLines(describe(program.state()))),
    more: () => {
      const page = describe(program.state());
      from += ITEMS_AT_ONCE;
      if (from >= page.items.length) {
        say("That was all; from the start again:");
        from = 0;
      }
      say(...itemLines(page, from));
    },
    message: () => {
      const { notice } = program.state();
      say(notice === undefined ? "There is no message yet." : noticeWords(notice));
    },
  };
}
