import { draftOf } from "../call/draft.ts";
import { toAscii } from "../text/width.ts";
import { sanitize } from "../text/sanitize.ts";
import { callText } from "./call-text.ts";
import { mockFault, requestInFocus } from "./mock.ts";
import { requestText } from "./mock-words.ts";
import type { State } from "./model.ts";
import { callInFocus } from "./rows.ts";
import { readOnlyReason } from "./safeguards.ts";
import type { Draft } from "./edited-effects.ts";
import type { Handout } from "../desk/desk.ts";

/** The open call, or the open request of the journal, in full as it is shown; undefined where none is open. */
function inFull(state: State): Handout | undefined {
  const { screen } = state;
  if (screen.kind === "requests") {
    const call = callInFocus(state);
    return call && { name: `mesibo-${call.op}.txt`, text: callText(call, screen.format ?? "curl") };
  }
  const entry = requestInFocus(state);
  if (screen.kind !== "mock" || entry === undefined) return undefined;
  return { name: `mesibo-request-${entry.n}.txt`, text: requestText(entry, screen) };
}

/** The parameters of what is open in an inspector, to be edited; undefined where nothing is, or may be sent. */
export function draftInFocus(state: State): Draft | undefined {
  if (mockFault(state) !== undefined || readOnlyReason(state) !== undefined) return undefined;
  const call = callInFocus(state);
  const made = call ?? requestInFocus(state);
  if (made === undefined) return undefined;
  const text = draftOf(made);
  return { name: `mesibo-${call?.op ?? "request"}.jsonc`, text, first: text };
}

/** What is open in an inspector as a text that any program may print, whatever a server has put into it. */
export function inspected(state: State): Handout | undefined {
  const full = inFull(state);
  if (full === undefined) return undefined;
  const safe = full.text.split("\n").map(sanitize).join("\n");
  return { name: full.name, text: `${state.look.ascii ? toAscii(safe) : safe}\n` };
}
