import { dialogPage } from "../dialog-page.ts";
import { cursorIn, moved, unfiltered, type Motion, type Sort } from "../list.ts";
import type { State } from "../model.ts";
import { offers } from "../palette.ts";
import { openList } from "../rows.ts";
import { nextSort } from "../sort.ts";
import { step, withDialog } from "../step.ts";
import type { Handler } from "./handler.ts";

/** Rows of a page: what a list shows of itself in this terminal, nearly. */
const pageOf = ({ size }: State): number => Math.max(1, size.rows - 8);

// What is scrolled knows its own length only when it is drawn, so the view stops at the end; a jump to the
// last row just goes far.
const SCROLL_END = 1_000_000;

function scrolled(state: State, motion: Motion, top: number): number {
  return moved({ motion, cursor: top, count: SCROLL_END, page: pageOf(state) });
}

const move =
  (motion: Motion): Handler =>
  (state) => {
    const { help, dialog, screen } = state;
    if (help !== undefined)
      return step({ ...state, help: { ...help, top: scrolled(state, motion, help.top) } });
    if (dialog?.kind === "palette") {
      const count = offers(state, dialog).length;
      return step(
        withDialog(state, {
          ...dialog,
          cursor: moved({ motion, cursor: dialog.cursor, count, page: pageOf(state) }),
        }),
      );
    }
    if (dialog?.kind === "message") {
      return step({ ...state, dialog: { ...dialog, top: scrolled(state, motion, dialog.top) } });
    }
    if (screen.kind === "mock" && screen.open !== undefined) {
      return step({ ...state, screen: { ...screen, open: scrolled(state, motion, screen.open) } });
    }
    if (screen.kind === "requests" && screen.open !== undefined) {
      return step({ ...state, screen: { ...screen, open: scrolled(state, motion, screen.open) } });
    }
    const page = dialogPage(state);
    if ((dialog?.kind === "bulk" || dialog?.kind === "result") && page !== undefined) {
      const count = Math.max(1, page.lines.length - page.height + 1);
      const top = moved({ motion, cursor: page.top, count, page: page.height });
      return step(withDialog(state, { ...dialog, top }));
    }
    const open = openList(state);
    if (open === undefined) return step(state);
    const { list, count, withList } = open;
    const cursor = moved({ motion, cursor: cursorIn(list, count), count, page: pageOf(state) });
    return step(withList({ ...list, cursor }));
  };

const sort =
  (change: (sort: Sort | undefined, names: readonly string[]) => Sort | undefined): Handler =>
  (state) => {
    const open = openList(state);
    if (open === undefined) return step(state);
    const { list, orders, withList } = open;
    return step(withList({ ...list, sort: change(list.sort, orders), cursor: 0 }));
  };

/** Moving, filtering and sorting. */
export const moveActions = {
  sort: sort((current, names) => nextSort(names, current)),
  reverse_sort: sort((current, names) => {
    const [first] = names;
    if (current !== undefined) return { ...current, reversed: !current.reversed };
    return first === undefined ? undefined : { by: first, reversed: true };
  }),
  up: move("up"),
  down: move("down"),
  page_up: move("page_up"),
  page_down: move("page_down"),
  first: move("first"),
  last: move("last"),
  filter: (state) => {
    const open = openList(state);
    return step(open === undefined ? state : open.withList({ ...open.list, filtering: true }));
  },
  accept_filter: (state) => {
    const open = openList(state);
    return step(open === undefined ? state : open.withList({ ...open.list, filtering: false }));
  },
  clear_filter: (state) => {
    const open = openList(state);
    return step(open === undefined ? state : open.withList(unfiltered(open.list)));
  },
} as const satisfies Record<string, Handler>;
