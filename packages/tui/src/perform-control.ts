import type { Control } from "./control/control.ts";
import { ControlError } from "./control/errors.ts";
import type { Desk } from "./desk/desk.ts";
import type { ControlEffect } from "./state/control-effects.ts";
import type { MockAnswer, NewSaved } from "./state/mock-answers.ts";

/** What a question to a mock is performed with. */
export interface ControlPerformance {
  /** Undefined where the server is no mock. */
  readonly control: Control | undefined;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly desk: Desk;
}

/** What is being asked of the mock, for the status line. */
export function controlTask(effect: ControlEffect): string {
  switch (effect.kind) {
    case "read_mock":
      return "asking the mock";
    case "change_clock":
      return "changing the clock";
    case "set_faults":
      return "changing the faults";
    case "save_world":
      return "taking a snapshot";
    case "restore_world":
      return "restoring the snapshot";
    case "fork_world":
      return "forking the world";
    case "compare_world":
      return "comparing the worlds";
    case "write_world":
    case "export_journal":
      return "writing a file";
    case "write_request":
      return "writing the request";
  }
}

const stampOf = (at: number): string => new Date(at).toISOString().slice(0, 19).replaceAll(/[:T]/g, "-");

async function saved(control: Control, at: number): Promise<NewSaved> {
  const { world, content } = await control.snapshot();
  return { at, users: world.users, groups: world.groups, content };
}

async function run(
  effect: ControlEffect,
  { control, now, desk }: ControlPerformance & { readonly control: Control },
): Promise<MockAnswer> {
  switch (effect.kind) {
    case "read_mock":
      return { kind: "mock_read", reading: await control.read(effect.after) };
    case "change_clock":
      await control.changeClock(effect.change);
      return { kind: "mock_changed", effect };
    case "set_faults":
      await control.setFaults(effect.plan);
      return { kind: "mock_changed", effect };
    case "fork_world":
      await control.fork(effect.to);
      return { kind: "mock_changed", effect };
    case "restore_world": {
      const kept = await saved(control, now());
      await control.restore(effect.saved.content);
      return { kind: "mock_changed", effect, kept };
    }
    case "save_world":
      return { kind: "world_saved", saved: await saved(control, now()) };
    case "compare_world": {
      const difference = await control.compare(effect.saved.content);
      return { kind: "world_compared", saved: effect.saved, difference };
    }
    case "write_world": {
      const { at, content, name } = effect.saved;
      const file = await desk.save(
        `mesibo-world-${stampOf(at)}.json`,
        `${JSON.stringify(content, undefined, 2)}\n`,
      );
      return { kind: "mock_exported", what: name, file };
    }
    case "write_request":
      return { kind: "request_written", effect, text: await control.requestAs(effect.n, effect.as) };
    case "export_journal": {
      const name = `mesibo-journal-${stampOf(now())}${effect.as === "har" ? ".har" : ".test.ts"}`;
      const file = await desk.save(name, await control.journalAs(effect.as));
      return { kind: "mock_exported", what: "the journal", file };
    }
  }
}

/** Asks a mock, and turns whatever comes of it into an answer. Rejects only for a mistake of ours. */
export async function performControl(
  effect: ControlEffect,
  performance: ControlPerformance,
): Promise<MockAnswer> {
  const { control } = performance;
  if (control === undefined) {
    const failure = { outcome: "not_sent", text: "This server is no mock." } as const;
    return { kind: "control_failed", effect, failure };
  }
  try {
    return await run(effect, { ...performance, control });
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    return {
      kind: "control_failed",
      effect,
      // Only where the mock said nothing itself can asking again help.
      failure: { outcome: error.outcome, text: error.message, again: error.status === undefined },
    };
  }
}
