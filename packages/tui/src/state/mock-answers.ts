import type { Difference } from "../control/schemas.ts";
import type { MockReading } from "../control/control.ts";
import { plural } from "../text/words.ts";
import { lookAtMock } from "./actions/mock.ts";
import { isControlChange, type ControlChange, type ControlEffect } from "./control-effects.ts";
import type { Effect } from "./effects.ts";
import type { Failure, FileSaved } from "./events.ts";
import { failureWords } from "./failure-words.ts";
import { withSaved, type Saved } from "./mock.ts";
import { differenceText } from "./mock-words.ts";
import type { State } from "./model.ts";
import { withLook } from "./recorded.ts";
import { noticed, popped, step, withDialog, withScreen, type Step } from "./step.ts";

type EffectOf<Kind extends ControlEffect["kind"]> = Extract<ControlEffect, { kind: Kind }>;

/** What a mock answered. */
export type MockAnswer =
  | { readonly kind: "mock_read"; readonly reading: MockReading }
  | { readonly kind: "mock_changed"; readonly effect: ControlChange; readonly kept?: NewSaved | undefined }
  | { readonly kind: "world_saved"; readonly saved: NewSaved }
  | { readonly kind: "world_compared"; readonly saved: Saved; readonly difference: Difference }
  | {
      readonly kind: "request_written";
      readonly effect: EffectOf<"write_request">;
      readonly text: string;
    }
  | { readonly kind: "mock_exported"; readonly what: string; readonly file: FileSaved }
  | { readonly kind: "control_failed"; readonly effect: ControlEffect; readonly failure: Failure };

/** A snapshot before it has its number. */
export type NewSaved = Pick<Saved, "at" | "users" | "groups" | "content">;

function named(state: State, saved: NewSaved, name: (number: number) => string): State {
  const number = (state.mock.saved[0]?.id ?? 0) + 1;
  return { ...state, mock: withSaved(state.mock, { ...saved, name: name(number) }) };
}

/** What is listed besides, as a world that changed has other groups. */
const listAgain = ({ data }: State): readonly Effect[] => [
  { kind: "list_groups" },
  { kind: "list_members", gids: [...data.rosters.keys()] },
];

function doneWords(effect: ControlChange): string {
  switch (effect.kind) {
    case "change_clock":
      return "The clock is changed.";
    case "set_faults":
      return `${plural(effect.plan.rules.length, "fault")} injected, seed ${effect.plan.seed}.`;
    case "restore_world":
      return `The world is as in ${effect.saved.name}; what was there before is a snapshot too.`;
    case "fork_world":
      return `A copy of the world is behind ${effect.to}.`;
  }
}

function changed(before: State, { effect, kept }: Extract<MockAnswer, { kind: "mock_changed" }>): Step {
  const state = before.screen.kind === "fault" && effect.kind === "set_faults" ? popped(before) : before;
  const told = noticed(state, "done", doneWords(effect));
  const next =
    kept === undefined || effect.kind !== "restore_world"
      ? told
      : named(told, kept, () => `before ${effect.saved.name}`);
  const affects = effect.kind === "change_clock" || effect.kind === "restore_world";
  return step(next, lookAtMock(next), ...(affects ? listAgain(next) : []));
}

function failed(state: State, { effect, failure }: Extract<MockAnswer, { kind: "control_failed" }>): Step {
  const { outcome } = failure;
  const text = failureWords(state, failure);
  if (effect.kind === "read_mock") {
    // What looks again by itself says only on its own screen that it could not.
    const known = { ...state, mock: { ...state.mock, fault: text } };
    return step(effect.quiet ? known : noticed(known, outcome, text));
  }
  const again = isControlChange(effect) && outcome === "unknown" ? [lookAtMock(state)] : [];
  return step(noticed(state, outcome, text), ...again);
}

/** The step after an answer of the mock. */
export function mockAnswered(state: State, answer: MockAnswer): Step {
  switch (answer.kind) {
    case "mock_read":
      return step(withLook(state, answer.reading));
    case "mock_changed":
      return changed(state, answer);
    case "world_saved": {
      const saved = named(state, answer.saved, (number) => `snapshot ${number}`);
      return step(noticed(saved, "done", `Took ${saved.mock.saved[0]?.name ?? ""}.`));
    }
    case "world_compared": {
      const title = `What is different since ${answer.saved.name}`;
      const text = differenceText(answer.difference);
      // A dialog that came up meanwhile wants its own answer first.
      return step(
        state.dialog === undefined
          ? withDialog(state, { kind: "message", title, text, top: 0 })
          : noticed(state, "info", text.split("\n")[0] ?? ""),
      );
    }
    case "request_written": {
      const { n, as } = answer.effect;
      const { screen } = state;
      return step(
        screen.kind === "mock"
          ? withScreen(state, { ...screen, written: { n, as, text: answer.text } })
          : state,
      );
    }
    case "mock_exported":
      return step(
        answer.file.ok
          ? noticed(state, "done", `Wrote ${answer.what} to ${answer.file.path}.`)
          : noticed(state, "not_sent", answer.file.reason),
      );
    case "control_failed":
      return failed(state, answer);
  }
}
