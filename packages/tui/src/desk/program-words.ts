import { listed } from "../text/words.ts";
import { knownEditors, type ChosenProgram } from "./chosen-program.ts";
import type { Ended } from "./run-program.ts";

/** What a shell says of a program that is not there. */
const NOT_FOUND = 127;

const BUSY = "Another program has the terminal; close that first.";

const settings = {
  pager: "Set PAGER to a program that shows text, and start again.",
  editor: "Set EDITOR to your editor, such as EDITOR=emacs, and start again.",
} as const satisfies Record<ChosenProgram["as"], string>;

/** Why no editor can be had. */
export const NO_EDITOR = `Neither VISUAL nor EDITOR is set, and PATH has none of ${listed(knownEditors, knownEditors.length)}. ${settings.editor}`;

/** What a program is called, and what to do where it is not there. Its line is in no sentence: it may hold anything. */
function naming({ as, argv, from }: ChosenProgram): readonly [name: string, advice: string] {
  return from === undefined
    ? [`The ${as} ${argv[0]}`, settings[as]]
    : [`The program of ${from}`, `Set ${from} to one that is there, and start again.`];
}

/** Why a program did not do what it was run for, in sentences; undefined where it did. */
export function programFault(chosen: ChosenProgram, ended: Ended | undefined): string | undefined {
  if (ended === undefined) return BUSY;
  const [name, advice] = naming(chosen);
  switch (ended.kind) {
    case "killed":
      return `${name} was ended by ${ended.signal}.`;
    case "not_run":
      return ended.code === "ENOENT"
        ? `${name} was not found. ${advice}`
        : `${name} could not be run (${ended.code}). ${advice}`;
    case "exited":
      if (ended.code === 0) return undefined;
      return ended.code === NOT_FOUND
        ? `${name} was not found. ${advice}`
        : `${name} ended with exit code ${ended.code}.`;
  }
}
