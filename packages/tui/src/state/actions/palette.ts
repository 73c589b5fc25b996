import { formatFlags } from "@mesibo-groups/core";
import { behind, flagText, type Command } from "../palette.ts";
import type { State } from "../model.ts";
import { pushed, step, withDialog, type Step } from "../step.ts";
import { textField } from "../text-field.ts";
import { groupScreen } from "./groups.ts";
import type { Handler } from "./handler.ts";

/** The palette. */
export const paletteActions = {
  palette: (state) => step(withDialog(state, { kind: "palette", query: textField(), cursor: 0 })),
} as const satisfies Record<string, Handler>;

/** Does what a row of the palette says that is no action of the key table. */
export function obey(state: State, command: Exclude<Command, { kind: "action" }>): Step {
  const screen = behind(state);
  if (command.kind === "open") {
    const { gid } = command;
    return step(pushed(screen, groupScreen(gid, "overview")), { kind: "list_members", gids: [gid] });
  }
  const { flags } = command;
  const title = `Flags ${formatFlags(flags, "decimal")}, ${formatFlags(flags, "hex")}`;
  return step(withDialog(screen, { kind: "message", title, text: flagText(flags), top: 0 }));
}
