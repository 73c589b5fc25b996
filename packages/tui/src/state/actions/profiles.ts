import { step, withDialog } from "../step.ts";
import type { Handler } from "./handler.ts";

/** Profiles, and what is said before one is used. */
export const profileActions = {
  acknowledge: (state) =>
    step(withDialog(state, undefined), { kind: "acknowledge_notice" }, { kind: "list_groups" }),
} as const satisfies Record<string, Handler>;
