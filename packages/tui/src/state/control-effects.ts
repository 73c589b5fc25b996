import type { ClockChange, FaultPlan, JournalForm } from "../control/control.ts";
import type { Saved } from "./mock.ts";

/** Something to ask of a mock besides mesibo's own API. */
export type ControlEffect =
  | {
      readonly kind: "read_mock";
      /** The number of the latest request that is known. */
      readonly after: number;
      /** Whether nobody has asked for it: it looks again by itself. */
      readonly quiet: boolean;
    }
  | { readonly kind: "change_clock"; readonly change: ClockChange }
  | { readonly kind: "set_faults"; readonly plan: FaultPlan }
  | { readonly kind: "save_world" }
  | { readonly kind: "restore_world"; readonly saved: Saved }
  | { readonly kind: "fork_world"; readonly to: string }
  | { readonly kind: "compare_world"; readonly saved: Saved }
  | { readonly kind: "write_world"; readonly saved: Saved }
  | { readonly kind: "write_request"; readonly n: number; readonly as: RequestForm }
  | { readonly kind: "export_journal"; readonly as: "har" | "vitest" };

/** The ways that one request of the journal is written. */
export type RequestForm = Exclude<JournalForm, "har">;

const controlKinds: ReadonlySet<string> = new Set([
  "read_mock",
  "change_clock",
  "set_faults",
  "save_world",
  "restore_world",
  "fork_world",
  "compare_world",
  "write_world",
  "write_request",
  "export_journal",
] satisfies ControlEffect["kind"][]);

/** Whether an effect is for a mock's control API. */
export const isControlEffect = (effect: { readonly kind: string }): effect is ControlEffect =>
  controlKinds.has(effect.kind);

/** A change of a mock's world that is no call of mesibo's API. */
export type ControlChange = Extract<
  ControlEffect,
  { kind: "change_clock" | "set_faults" | "restore_world" | "fork_world" }
>;

/** Whether an effect changes a mock's world. */
export const isControlChange = (effect: { readonly kind: string }): effect is ControlChange =>
  ["change_clock", "set_faults", "restore_world", "fork_world"].includes(effect.kind);

/** What a change of a mock does, in a few words. */
export function controlTitle(effect: ControlChange): string {
  switch (effect.kind) {
    case "change_clock":
      return "change the world's clock";
    case "set_faults":
      return "change the injected faults";
    case "restore_world":
      return `put ${effect.saved.name} in the place of the world`;
    case "fork_world":
      return `put a copy of the world behind the token ${effect.to}`;
  }
}
