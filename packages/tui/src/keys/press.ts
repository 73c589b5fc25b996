import { graphemes } from "../text/width.ts";

/** One key as the application knows it. */
export interface KeyPress {
  /** `up`, `enter`, `space`, `ctrl+c`, or the character itself: `a`, `G`, `?`. */
  readonly name: string;
  /** What the key types into a text field; undefined for keys that type nothing. */
  readonly text?: string | undefined;
}

/** The part of a terminal library's key event that matters here. */
export interface RawKey {
  readonly upArrow: boolean;
  readonly downArrow: boolean;
  readonly leftArrow: boolean;
  readonly rightArrow: boolean;
  readonly pageUp: boolean;
  readonly pageDown: boolean;
  readonly home: boolean;
  readonly end: boolean;
  readonly return: boolean;
  readonly escape: boolean;
  readonly tab: boolean;
  readonly backspace: boolean;
  readonly delete: boolean;
  readonly ctrl: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
}

const named = [
  ["upArrow", "up"],
  ["downArrow", "down"],
  ["leftArrow", "left"],
  ["rightArrow", "right"],
  ["pageUp", "pageup"],
  ["pageDown", "pagedown"],
  ["home", "home"],
  ["end", "end"],
  ["return", "enter"],
  ["escape", "esc"],
  ["backspace", "backspace"],
  ["delete", "delete"],
] as const satisfies readonly (readonly [keyof RawKey, string])[];

const characters = new Map<string, KeyPress>([
  [" ", { name: "space", text: " " }],
  ["\r", { name: "enter" }],
  ["\n", { name: "enter" }],
  ["\r\n", { name: "enter" }],
  ["\t", { name: "tab" }],
  ["\b", { name: "backspace" }],
  ["\u007f", { name: "backspace" }],
]);

/** The key that a character stands for: `ctrl+s` for U+0013. */
function keyOf(character: string): KeyPress {
  const letter = character.length === 1 ? character.charCodeAt(0) : 0;
  const control =
    letter >= 1 && letter <= 26 ? { name: `ctrl+${String.fromCharCode(letter + 96)}` } : undefined;
  return characters.get(character) ?? control ?? { name: character, text: character };
}

/** A key for each character that was typed. A control character that has no name here is dropped. */
export const typed = (text: string): readonly KeyPress[] =>
  Array.from(graphemes(text), keyOf).filter(
    ({ text: types }) => types === undefined || !/^\p{Cc}/u.test(types),
  );

/**
 * The keys of one input event. Several characters that arrive in one chunk are several keys, so that none is
 * lost when somebody types faster than frames are drawn.
 */
export function readKeys(input: string, key: RawKey): readonly KeyPress[] {
  const name = named.find(([flag]) => key[flag])?.[1];
  if (name !== undefined)
    return [{ name: key.shift && (name === "up" || name === "down") ? `shift+${name}` : name }];
  if (key.tab) return [{ name: key.shift ? "shift+tab" : "tab" }];
  if (key.ctrl) return input === "" ? [] : [{ name: `ctrl+${input}` }];
  // Alt with a letter means nothing here, and typing it as the letter would be a wrong key.
  if (key.meta) return [];
  return typed(input);
}
