import { bindingsIn } from "../keys/keymap.ts";
import type { Binding } from "../keys/keys.ts";
import { focusOf } from "./focus.ts";
import type { State } from "./model.ts";
import { textField, type TextField } from "./text-field.ts";

/** The help while it is open. */
export interface Help {
  /** Rows scrolled. */
  readonly top: number;
  /** Only keys with these words in what they do, or in their own names, are shown. */
  readonly words: TextField;
}

/** The help as it opens. */
export const openedHelp: Help = { top: 0, words: textField() };

/** The keys of the part that the help was opened over, as far as they match the words. */
export function helpRows({ help, ...behind }: State): readonly Binding[] {
  const words = (help?.words.text ?? "").toLowerCase().split(/\s+/);
  const rows = bindingsIn(behind.keymap, focusOf({ ...behind, help: undefined }));
  return rows.filter((row) => {
    const text = `${row.keys.join(" ")} ${row.help}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
