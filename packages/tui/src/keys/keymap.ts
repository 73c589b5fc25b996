import type { Focus } from "../state/focus.ts";
import { bindings, type Action, type Binding } from "./keys.ts";

type Row = Binding & { readonly action: Action };

const rows: readonly Row[] = bindings;

const maps = new Map<Focus, ReadonlyMap<string, Action>>();

function mapOf(focus: Focus): ReadonlyMap<string, Action> {
  const known = maps.get(focus);
  if (known !== undefined) return known;
  const map = new Map<string, Action>();
  for (const row of bindingsIn(focus)) for (const key of row.keys) map.set(key, row.action);
  maps.set(focus, map);
  return map;
}

/** The rows of the key table that work in a focus, in the order of the table. */
export const bindingsIn = (focus: Focus): readonly Row[] => rows.filter((row) => row.in.includes(focus));

/** What a key does in a focus; undefined where it is text or nothing. */
export const actionFor = (focus: Focus, key: string): Action | undefined => mapOf(focus).get(key);
