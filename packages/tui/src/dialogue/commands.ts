import { bindingsIn } from "../keys/keymap.ts";
import type { Action } from "../keys/keys.ts";
import { focusOf } from "../state/focus.ts";
import { keyHere } from "../state/key-here.ts";
import type { State } from "../state/model.ts";
import { moves } from "../state/palette.ts";
import { unavailable } from "../state/unavailable.ts";

/** Something that a key does here, in words. */
export interface Command {
  readonly action: Action;
  /** The key that does it. */
  readonly key: string;
  /** What is said to do it: the key, or the action's words where the key is a number. */
  readonly word: string;
  readonly help: string;
  /** Why it does not work now; undefined where it works. */
  readonly reason: string | undefined;
}

// What moves on a screen is nothing here: rows and fields are chosen by their numbers, and texts are asked for.
const silent: ReadonlySet<Action> = new Set([
  ...moves,
  "next_choice",
  "previous_choice",
  "activate",
  "filter",
  "accept_filter",
  "clear_filter",
  "palette",
  "help",
  "close_help",
  "show_notice",
  "interrupt",
  "suspend",
  "run_command",
] satisfies Action[]);

const wordOf = (action: Action, key: string): string =>
  /^\d$/.test(key) ? action.replaceAll("_", " ") : key;

/** What is said to do an action: its key, or its own words where the key is a number. */
export const wordFor = (state: State, action: Action): string => wordOf(action, keyHere(state, action));

/** Everything that can be said here besides numbers, what works first. */
export function commandsOf(state: State): readonly Command[] {
  const byAction = new Map<Action, Command>();
  for (const { action, keys, help } of bindingsIn(state.keymap, focusOf(state))) {
    if (silent.has(action) || byAction.has(action)) continue;
    const key = keys[0] ?? "";
    byAction.set(action, {
      action,
      key,
      word: wordOf(action, key),
      help,
      reason: unavailable(state, action),
    });
  }
  return [...byAction.values()].toSorted(
    (one, other) => Number(one.reason !== undefined) - Number(other.reason !== undefined),
  );
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(/[\s_]+/)
    .filter(Boolean);

/** The commands that an answer names: by a key, by the name of the action, or by the words that it begins with. */
export function commandsNamed(commands: readonly Command[], answer: string): readonly Command[] {
  const byKey = commands.filter(({ key }) => key === answer);
  if (byKey.length > 0) return byKey;
  const said = wordsOf(answer);
  // One letter is a key that does nothing here, and no beginning of a word.
  if (said.length === 0 || answer.length < 2) return [];
  const exact = commands.filter(({ action }) => wordsOf(action).join(" ") === said.join(" "));
  if (exact.length > 0) return exact;
  return commands.filter(({ action, help }) =>
    said.every((word) => [...wordsOf(action), ...wordsOf(help)].some((known) => known.startsWith(word))),
  );
}
