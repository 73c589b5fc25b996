import { cursorIn, emptyList } from "../list.ts";
import { pushed, step, withDialog } from "../step.ts";
import type { Handler } from "./handler.ts";

/** Profiles, and what is said before one is used. */
export const profileActions = {
  acknowledge: (state) =>
    step(withDialog(state, undefined), { kind: "acknowledge_notice" }, { kind: "list_groups" }),
  show_profiles: (state) =>
    step(pushed(state, { kind: "profiles", profiles: [], list: emptyList }), { kind: "list_profiles" }),
  connect: (state) => {
    const { screen } = state;
    if (screen.kind !== "profiles") return step(state);
    const row = screen.profiles[cursorIn(screen.list, screen.profiles.length)];
    return row === undefined ? step(state) : step(state, { kind: "connect", profile: row.name });
  },
} as const satisfies Record<string, Handler>;
