import { cursorIn } from "../list.ts";
import {
  clearMarks,
  followRange,
  markAll,
  marksInFront,
  markOver,
  turnMark,
  turnRange,
  type Marking,
} from "../marks.ts";
import type { State } from "../model.ts";
import { step, withScreen } from "../step.ts";
import { gidOf, shownGroups } from "./groups.ts";
import type { Handler } from "./handler.ts";
import { addressOf, shownMembers } from "./members.ts";

/** The state with the marks of the list in front changed. */
export function withMarks(state: State, mark: Marking): State {
  const { screen } = state;
  if (screen.kind === "groups") {
    const rows = shownGroups(state);
    const at = cursorIn(screen.list, rows.length);
    const { marks, cursor } = mark({ rows, keyOf: gidOf, cursor: at, marks: screen.marks });
    return withScreen(state, { ...screen, marks, list: { ...screen.list, cursor } });
  }
  if (screen.kind !== "group") return state;
  const rows = shownMembers(state, screen);
  const at = cursorIn(screen.members, rows.length);
  const { marks, cursor } = mark({ rows, keyOf: addressOf, cursor: at, marks: screen.marks });
  return withScreen(state, { ...screen, marks, members: { ...screen.members, cursor } });
}

/** The state whose range, where there is one, goes to the cursor. */
export const withRange = (state: State): State =>
  marksInFront(state.screen).range === undefined ? state : withMarks(state, followRange);

const marking =
  (mark: Marking): Handler =>
  (state) =>
    step(withMarks(state, mark));

/** Marking rows, for what is done with several. */
export const markActions = {
  mark: marking(turnMark),
  mark_range: marking(turnRange),
  mark_down: marking(markOver(1)),
  mark_up: marking(markOver(-1)),
  mark_all: marking(markAll),
  clear_marks: marking(clearMarks),
} as const satisfies Record<string, Handler>;
