import type { TestStep } from "../profile/test-profile.ts";
import type { Signal } from "./events.ts";
import { keyHere } from "./key-here.ts";
import type { State } from "./model.ts";
import { noticed, popped, step, withDialog, withScreen, type Step } from "./step.ts";

type SignalOf<Kind extends Signal["kind"]> = Extract<Signal, { kind: Kind }>;

const doneWords = {
  add: (state) =>
    `is made. ${keyHere(state, "test_profile")} tests it, ${keyHere(state, "connect")} connects`,
  edit: () => "is written",
  remove: () => "is removed",
  use: () => "is the default",
} as const satisfies Record<SignalOf<"profiles_changed">["change"]["kind"], (state: State) => string>;

/** The state with the cursor on the profile that is new: it will be behind the others of the file. */
function onNew(state: State): State {
  const { screen } = state;
  if (screen.kind !== "profiles") return state;
  const cursor = screen.profiles?.filter(({ stored }) => stored !== undefined).length ?? 0;
  return withScreen(state, { ...screen, list: { ...screen.list, cursor } });
}

/** The state after the user's file was changed. */
export function profilesChanged(state: State, { change }: SignalOf<"profiles_changed">): Step {
  const back = state.screen.kind === "profile" ? popped(state) : state;
  const done = noticed(
    change.kind === "add" ? onNew(back) : back,
    "done",
    `Profile ${change.name} ${doneWords[change.kind](back)}.`,
  );
  return step(done, { kind: "list_profiles" });
}

/** The state with the profiles as they were read. */
export const profilesListed = (state: State, { profiles }: SignalOf<"profiles_listed">): State =>
  state.screen.kind === "profiles" ? withScreen(state, { ...state.screen, profiles }) : state;

/** The state that asks for an answer to a notice, where nothing else has come between. */
export const noticeWanted = (state: State, { profile, text }: SignalOf<"notice_wanted">): State =>
  state.screen.kind === "profiles" && state.dialog === undefined
    ? withDialog(state, { kind: "notice", text, profile })
    : state;

const verdicts = { good: "The profile works.", bad: "The profile does not work yet." } as const;

const stepWords = (told: TestStep | keyof typeof verdicts): string =>
  typeof told === "string" ? verdicts[told] : `${told.state}: ${told.name}: ${told.value}`;

/** The state with one more step of a test told: in its dialog, else in the status line at its end. */
export function profileTested(state: State, { profile, step: told }: SignalOf<"profile_tested">): State {
  const { dialog } = state;
  const words = stepWords(told);
  if (typeof told !== "string" && told.name === "server" && dialog === undefined) {
    return withDialog(state, {
      kind: "message",
      title: `Test of ${profile}`,
      text: words,
      top: 0,
      tests: profile,
    });
  }
  if (dialog?.kind === "message" && dialog.tests === profile) {
    return withDialog(state, { ...dialog, text: `${dialog.text}\n${words}` });
  }
  return typeof told === "string" ? noticed(state, "info", `${profile}: ${words}`) : state;
}
