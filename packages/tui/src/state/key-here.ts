import { bindingsIn, keyOf } from "../keys/keymap.ts";
import type { Action } from "../keys/keys.ts";
import { focusOf } from "./focus.ts";
import type { State } from "./model.ts";

/** The key of an action as sentences name it: that of the part in focus, else of where the action has one. */
export const keyHere = (state: State, action: Action): string =>
  keyOf(state.keymap, { action, focus: focusOf(state) });

/** Whether an action has a key where the focus is. */
export const isHere = (state: State, action: Action): boolean =>
  bindingsIn(state.keymap, focusOf(state)).some((row) => row.action === action);

/** The key that takes the filter of the list in front away. */
export const clearKey = (state: State): string =>
  keyHere(state, focusOf(state).endsWith(".filter") ? "clear_filter" : "back");

/** Says that asking again is the next step. */
export const askAgain = (state: State): string => `${keyHere(state, "refresh")} asks again.`;
