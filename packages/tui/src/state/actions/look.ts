import { nextTheme } from "../look.ts";
import { noticed, step } from "../step.ts";
import type { Handler } from "./handler.ts";

/** How the application is drawn; for this session, config.json says it for all. */
export const lookActions = {
  next_theme: (state) => {
    const look = nextTheme(state.look);
    const words = look.theme === "mono" ? "mono, without colours" : look.theme;
    return step(noticed({ ...state, look }, "info", `Theme: ${words}.`));
  },
  toggle_ascii: (state) => {
    const look = { ...state.look, ascii: !state.look.ascii };
    return step(
      noticed({ ...state, look }, "info", look.ascii ? "Drawn with ASCII only." : "Drawn with UTF-8."),
    );
  },
} as const satisfies Record<string, Handler>;
