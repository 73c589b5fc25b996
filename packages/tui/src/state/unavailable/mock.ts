import { askAgain, keyHere } from "../key-here.ts";
import type { State } from "../model.ts";
import { needsRow } from "./row.ts";

/** Why nothing is known of the mock. */
export const unreadFault = (state: State): string | undefined =>
  state.mock.reading === undefined ? `The mock has not answered yet; ${askAgain(state)}` : undefined;

/** Why there is no fault to take away. */
export const rulesFault = (state: State): string | undefined =>
  unreadFault(state) ??
  (needsRow(state) === undefined
    ? undefined
    : `Nothing is injected; ${keyHere(state, "new_fault")} makes a fault.`);

/** Why there is no snapshot to do something with. */
export const savedFault = (state: State): string | undefined =>
  needsRow(state) === undefined
    ? undefined
    : `There is no snapshot yet; ${keyHere(state, "save_world")} takes one.`;

/** Why there is no end of a group to go to. */
export function expiryLeft(state: State): string | undefined {
  const isEmpty = state.mock.reading?.clock.expires_next.length === 0;
  return unreadFault(state) ?? (isEmpty ? "No group ends." : undefined);
}
