import { nearest } from "@mesibo-groups/core";
import type { Focus } from "../state/focus.ts";
import { standardKeys, type Keymap, type KeyRow } from "./keymap.ts";
import type { Action } from "./keys.ts";

/** Keys of the user's, by the action. */
export type GivenKeys = Readonly<Record<string, string | readonly string[]>>;

/** A key table with the user's keys, or why there is none. */
export type Remapped =
  | { readonly ok: true; readonly keymap: Keymap }
  | { readonly ok: false; readonly fault: string };

const names = new Set([
  "up",
  "down",
  "left",
  "right",
  "pageup",
  "pagedown",
  "home",
  "end",
  "enter",
  "esc",
  "tab",
  "shift+tab",
  "shift+up",
  "shift+down",
  "space",
]);

/** What answers a dialog and leads out: no slip of the finger may do more than it did. */
export const fixedActions: ReadonlySet<string> = new Set([
  "confirm",
  "cancel",
  "acknowledge",
  "leave_notice",
  "back",
  "close_help",
  "interrupt",
  "quit_now",
] satisfies Action[]);

// Terminals send the same for these as for backspace, tab and enter, and ctrl+c always means to leave.
const indistinct = /^ctrl\+[chijm]$/;

const isKey = (key: string): boolean =>
  names.has(key) || (/^ctrl\+[a-z]$/.test(key) && !indistinct.test(key)) || /^[^\p{C}\p{Z}\p{M}]$/u.test(key);

/** Where letters are text: keys that type something mean nothing else there. */
const isTyped = (focus: Focus): boolean =>
  /\.(?:text|filter)$/.test(focus) || ["add", "prompt", "palette"].includes(focus);

const types = (key: string): boolean =>
  key === "space" || (key.length > 0 && !names.has(key) && !key.includes("+"));

const quoted = (text: string): string => JSON.stringify(text.slice(0, 40));

const actions = [...new Set(standardKeys.map(({ action }) => action))];

function keyFault(action: string, keys: readonly string[]): string | undefined {
  if (!actions.some((known) => known === action)) {
    const guess = nearest(action, actions);
    return `keys.${action} names no action.${guess === undefined ? "" : ` Did you mean ${guess}?`}`;
  }
  if (fixedActions.has(action)) return `keys.${action} cannot be changed: it answers dialogs, or leads out.`;
  if (keys.length === 0) return `keys.${action} must name a key.`;
  const wrong = keys.find((key) => !isKey(key));
  if (wrong === undefined) return undefined;
  return `keys.${action} has ${quoted(wrong)}, which is no key that every terminal tells apart; a key is one character, ctrl+ and a letter, or ${[...names].join(", ")}.`;
}

function rowWith(row: KeyRow, given: readonly string[]): readonly KeyRow[] {
  const [typed, free] = [row.in.filter(isTyped), row.in.filter((focus) => !isTyped(focus))];
  const silent = given.filter((key) => !types(key));
  return [
    ...(free.length === 0 ? [] : [{ ...row, in: free, keys: given }]),
    ...(typed.length === 0 ? [] : [{ ...row, in: typed, keys: silent.length === 0 ? row.keys : silent }]),
  ];
}

function conflict(keymap: Keymap): string | undefined {
  for (const focus of new Set(keymap.flatMap((row) => row.in))) {
    const seen = new Map<string, Action>();
    for (const { action, keys } of keymap.filter((row) => row.in.includes(focus))) {
      for (const key of keys) {
        const other = seen.get(key);
        if (other !== undefined && other !== action)
          return `keys: ${quoted(key)} would be the key of both ${other} and ${action} (in ${focus}). Give one of them another key.`;
        seen.set(key, action);
      }
    }
  }
  return undefined;
}

/** The key table with keys of the user's. A row keeps its keys where the given ones would type text. */
export function remap(given: GivenKeys): Remapped {
  const lists = new Map(Object.entries(given).map(([action, keys]) => [action, [keys].flat()] as const));
  for (const [action, keys] of lists) {
    const fault = keyFault(action, keys);
    if (fault !== undefined) return { ok: false, fault };
  }
  const keymap = standardKeys.flatMap((row) => {
    const keys = lists.get(row.action);
    return keys === undefined ? [row] : rowWith(row, keys);
  });
  const fault = conflict(keymap);
  return fault === undefined ? { ok: true, keymap } : { ok: false, fault };
}
