import type { Effect } from "./effects.ts";
import type { Notice, State } from "./model.ts";
import type { Dialog } from "./dialogs.ts";
import type { Screen } from "./screen.ts";

/** The state after something happened, and what to ask of the server. */
export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** A step to a state. */
export const step = (state: State, ...effects: readonly Effect[]): Step => ({ state, effects });

/** The state with something else in the status line. */
export const noticed = (state: State, outcome: Notice["outcome"], text: string): State => ({
  ...state,
  notice: { outcome, text },
});

/** The state with a dialog in front, or none. */
export const withDialog = (state: State, dialog: Dialog | undefined): State => ({ ...state, dialog });

/** The state with the front screen changed. */
export const withScreen = (state: State, screen: Screen): State => ({ ...state, screen });

/** The state with a screen put in front. */
export const pushed = (state: State, screen: Screen): State => ({
  ...state,
  screen,
  below: [...state.below, state.screen],
  notice: undefined,
});

/** The state one screen back; the same state at the root. */
export function popped(state: State): State {
  const screen = state.below.at(-1);
  if (screen === undefined) return state;
  return { ...state, screen, below: state.below.slice(0, -1), notice: undefined };
}
