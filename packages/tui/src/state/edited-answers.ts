import type { Failure } from "./events.ts";
import { sendDialog } from "./edited-call.ts";
import type { AskEditedEffect, EditedAnswer, SendEditedEffect } from "./edited-effects.ts";
import type { Effect } from "./effects.ts";
import { emptyList } from "./list.ts";
import type { State } from "./model.ts";
import { shownCalls } from "./rows.ts";
import type { RequestsScreen } from "./screen.ts";
import { noticed, pushed, step, withDialog, withScreen, type Step } from "./step.ts";

/** The step after a call came back from the editor. */
export function callEdited(state: State, answer: EditedAnswer): State {
  if (answer.kind === "call_dropped") return noticed(state, "info", answer.reason);
  // What came up meanwhile wants its own answer first.
  if (state.dialog !== undefined)
    return noticed(
      state,
      "info",
      "Something else is being asked, so the edited call was dropped; nothing was sent.",
    );
  const { draft } = answer;
  const over = { kind: "draft", draft, faults: [] } as const;
  if (answer.kind === "call_faulty") return withDialog(state, { ...over, faults: answer.faults });
  return withDialog(state, sendDialog(answer.call, over));
}

/** The state with the newest call of an operation in front, where somebody still looks at one. */
function withAnswerInFront(state: State, { call: { op } }: AskEditedEffect | SendEditedEffect): State {
  const { screen, dialog } = state;
  const isLooking = (screen.kind === "requests" || screen.kind === "mock") && screen.open !== undefined;
  const record = state.calls.find((each) => each.op === op);
  if (!isLooking || dialog !== undefined || record === undefined) return state;
  const all: RequestsScreen = { kind: "requests", gid: undefined, list: emptyList, open: 0 };
  const here = screen.kind === "requests" ? { ...screen, list: emptyList, open: 0 } : all;
  const shown = shownCalls(state, here).includes(record) ? here : { ...here, gid: undefined };
  const cursor = shownCalls(state, shown).indexOf(record);
  const opened = { ...shown, list: { ...emptyList, cursor } };
  return screen.kind === "requests" ? withScreen(state, opened) : pushed(state, opened);
}

/** What is listed, as it may be something else now. */
const listAgain = ({ data }: State, { kind }: AskEditedEffect | SendEditedEffect): readonly Effect[] =>
  kind === "ask_edited"
    ? []
    : [{ kind: "list_groups" }, { kind: "list_members", gids: [...data.rosters.keys()] }];

/** The step after an edited call was sent: its answer is in front. */
export function editedSent(
  state: State,
  effect: AskEditedEffect | SendEditedEffect,
  failure: Failure | undefined,
): Step {
  if (failure?.outcome === "not_sent") return step(noticed(state, failure.outcome, failure.text));
  const next = withAnswerInFront(state, effect);
  const told = noticed(
    next,
    failure?.outcome ?? "done",
    failure?.text ?? `${effect.call.op} was sent; this is its answer.`,
  );
  return step(told, ...listAgain(told, effect));
}
