import type { CallRecord } from "@mesibo-groups/core";
import type { MockReading } from "../control/control.ts";
import { requestInFocus, shownRequests, withReading } from "./mock.ts";
import type { State } from "./model.ts";
import { callInFocus, shownCalls } from "./rows.ts";
import { withScreen } from "./step.ts";

/** Calls that are kept for the requests screen. */
const MAX_CALLS = 1000;

/** The state with one more finished call. The call that somebody reads stays in front. */
export function withCall(state: State, record: CallRecord): State {
  const next = { ...state, calls: [record, ...state.calls].slice(0, MAX_CALLS) };
  const { screen } = state;
  if (screen.kind !== "requests" || screen.open === undefined) return next;
  const open = callInFocus(state);
  const cursor = shownCalls(next, screen).findIndex((call) => call === open);
  return cursor === -1 ? next : withScreen(next, { ...screen, list: { ...screen.list, cursor } });
}

/** The state after a look at the mock. The request of the journal that somebody reads stays in front. */
export function withLook(state: State, reading: MockReading): State {
  const next = { ...state, mock: withReading(state.mock, reading) };
  const { screen } = state;
  const open = requestInFocus(state);
  if (screen.kind !== "mock" || screen.open === undefined || open === undefined) return next;
  const { journal } = screen.lists;
  const cursor = shownRequests(next, screen).findIndex((entry) => entry === open);
  const lists = { ...screen.lists, journal: { ...journal, cursor } };
  return cursor === -1 ? next : withScreen(next, { ...screen, lists });
}
