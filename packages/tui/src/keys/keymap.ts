import type { Focus } from "../state/focus.ts";
import { bindings, type Action, type Binding } from "./keys.ts";

/** One row of the key table with its action. */
export type KeyRow = Binding & { readonly action: Action };

/** The key table that counts: as it comes, or with keys of the user's. */
export type Keymap = readonly KeyRow[];

/** The key table as it comes. */
export const standardKeys: Keymap = bindings;

const maps = new WeakMap<Keymap, Map<Focus, ReadonlyMap<string, Action>>>();

function mapOf(keymap: Keymap, focus: Focus): ReadonlyMap<string, Action> {
  const known = maps.get(keymap) ?? new Map<Focus, ReadonlyMap<string, Action>>();
  maps.set(keymap, known);
  const found = known.get(focus);
  if (found !== undefined) return found;
  const map = new Map<string, Action>();
  for (const row of bindingsIn(keymap, focus)) for (const key of row.keys) map.set(key, row.action);
  known.set(focus, map);
  return map;
}

/** The rows of a key table that work in a focus, in the order of the table. */
export const bindingsIn = (keymap: Keymap, focus: Focus): Keymap =>
  keymap.filter((row) => row.in.includes(focus));

/** The first key of an action where the focus is; where it has none there, its first one in the table. */
export function keyOf(
  keymap: Keymap,
  { action, focus }: { readonly action: Action; readonly focus: Focus },
): string {
  const rows = keymap.filter((row) => row.action === action);
  return (rows.find((row) => row.in.includes(focus)) ?? rows[0])?.keys[0] ?? "";
}

/** Where a key is pressed. */
export interface Pressed {
  readonly focus: Focus;
  readonly key: string;
}

/** What a key does in a focus; undefined where it is text or nothing. */
export const actionFor = (keymap: Keymap, { focus, key }: Pressed): Action | undefined =>
  mapOf(keymap, focus).get(key);
