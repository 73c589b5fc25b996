import type { ControlEffect } from "../control-effects.ts";
import {
  changeFaultChoice,
  faultDraft,
  moveFaultField,
  newFault,
  planOf,
  type FaultForm,
} from "../fault-form.ts";
import { cursorIn } from "../list.ts";
import {
  mockScreen,
  mockTabs,
  requestInFocus,
  savedInFocus,
  type MockScreen,
  type MockTab,
} from "../mock.ts";
import { otherForm } from "../mock-words.ts";
import type { State } from "../model.ts";
import { pushed, step, withScreen, type Step } from "../step.ts";
import type { Handler } from "./handler.ts";

/** A look at the mock that somebody has asked for. */
export const lookAtMock = ({ mock }: State): ControlEffect => ({
  kind: "read_mock",
  after: mock.requests[0]?.n ?? 0,
  quiet: false,
});

const toTab =
  (tab: MockTab): Handler =>
  (state) =>
    step(state.screen.kind === "mock" ? withScreen(state, { ...state.screen, tab, open: undefined }) : state);

/** The mock's screen with the next or previous tab. */
export const turnMockTab = (screen: MockScreen, by: 1 | -1): MockScreen => ({
  ...screen,
  tab: mockTabs[(mockTabs.indexOf(screen.tab) + by + mockTabs.length) % mockTabs.length] ?? screen.tab,
});

/** Opens the request under the cursor, written as code in a format. */
export function openRequest(state: State, format: MockScreen["format"]): Step {
  const { screen } = state;
  const entry = requestInFocus(state);
  if (screen.kind !== "mock" || entry === undefined) return step(state);
  return step(withScreen(state, { ...screen, open: 0, format }), {
    kind: "write_request",
    n: entry.n,
    as: format,
  });
}

/** The request that is open in the other format; undefined where none is. */
export const turnRequestFormat = (state: State): Step | undefined =>
  state.screen.kind === "mock" ? openRequest(state, otherForm(state.screen.format)) : undefined;

/** The state with the form of a fault changed, where that is in front. */
export function withFaultForm(state: State, change: (form: FaultForm) => FaultForm): State {
  const { screen } = state;
  return screen.kind === "fault" ? withScreen(state, { ...screen, form: change(screen.form) }) : state;
}

/** Moves in the form of a fault; undefined where another form is in front. */
export const inFaultForm = (state: State, way: "move" | "choose", by: 1 | -1): Step | undefined =>
  state.screen.kind === "fault"
    ? step(withFaultForm(state, (form) => (way === "move" ? moveFaultField : changeFaultChoice)(form, by)))
    : undefined;

const clock = (state: State): NonNullable<State["mock"]["reading"]>["clock"] | undefined =>
  state.mock.reading?.clock;

const onSaved =
  (kind: "restore_world" | "compare_world" | "write_world"): Handler =>
  (state) => {
    const saved = savedInFocus(state);
    return saved === undefined ? step(state) : step(state, { kind, saved });
  };

/** What can be done with a mock besides mesibo's own API. */
export const mockActions = {
  show_mock: (state) => step(pushed(state, mockScreen), lookAtMock(state)),
  mock_journal: toTab("journal"),
  mock_clock: toTab("clock"),
  mock_faults: toTab("faults"),
  mock_saved: toTab("saved"),
  mock_worlds: toTab("worlds"),
  freeze_clock: (state) =>
    step(state, { kind: "change_clock", change: { frozen: clock(state)?.frozen !== true } }),
  next_expiry: (state) => {
    const [next] = clock(state)?.expires_next ?? [];
    return next === undefined
      ? step(state)
      : step(state, { kind: "change_clock", change: { advance_seconds: Math.max(0, next.in_seconds) } });
  },
  real_time: (state) => step(state, { kind: "change_clock", change: { real: true } }),
  new_fault: (state) => step(pushed(state, { kind: "fault", form: newFault(state.mock.reading?.faults) })),
  remove_fault: (state) => {
    const { screen, mock } = state;
    if (screen.kind !== "mock") return step(state);
    const plan = planOf(mock.reading?.faults);
    const at = cursorIn(screen.lists.faults, plan.rules.length);
    return step(state, {
      kind: "set_faults",
      plan: { ...plan, rules: plan.rules.filter((_, index) => index !== at) },
    });
  },
  clear_faults: (state) =>
    step(state, { kind: "set_faults", plan: { ...planOf(state.mock.reading?.faults), rules: [] } }),
  inject_fault: (state) => {
    const draft = state.screen.kind === "fault" ? faultDraft(state.screen.form) : undefined;
    return draft?.ok === true ? step(state, { kind: "set_faults", plan: draft.plan }) : step(state);
  },
  save_world: (state) => step(state, { kind: "save_world" }),
  restore_world: onSaved("restore_world"),
  compare_world: onSaved("compare_world"),
  write_world: onSaved("write_world"),
  export_journal: (state) => step(state, { kind: "export_journal", as: "har" }),
  export_tests: (state) => step(state, { kind: "export_journal", as: "vitest" }),
} as const satisfies Record<string, Handler>;
