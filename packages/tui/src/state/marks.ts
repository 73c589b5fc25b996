import type { Address, Gid } from "@mesibo-groups/core";
import type { Screen } from "./screen.ts";

/** The marked rows of a list, by what names a row: a gid, an address. */
export interface Marks<Key> {
  readonly marked: ReadonlySet<Key>;
  /** Rows are marked from this one to the cursor, besides those that were marked before; undefined where not. */
  readonly range?: { readonly from: Key; readonly before: ReadonlySet<Key> } | undefined;
}

/** No row is marked. */
export const noMarks: Marks<never> = { marked: new Set() };

/** A list whose rows can be marked, as it is shown. */
export interface Markable<Row, Key> {
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => Key;
  readonly cursor: number;
  readonly marks: Marks<Key>;
}

/** What a key does to the marks of any list, and where its cursor goes. */
export type Marking = <Row, Key>(list: Markable<Row, Key>) => Pick<Markable<Row, Key>, "marks" | "cursor">;

function withRows<Row, Key>(
  marked: ReadonlySet<Key>,
  { rows, keyOf }: Pick<Markable<Row, Key>, "rows" | "keyOf">,
): ReadonlySet<Key> {
  const all = new Set(marked);
  for (const row of rows) all.add(keyOf(row));
  return all;
}

const between = <Row>(rows: readonly Row[], one: number, other: number): readonly Row[] =>
  rows.slice(Math.min(one, other), Math.max(one, other) + 1);

/** The marks without a range: what it has marked stays marked. */
export const withoutRange = <Key>({ marked }: Marks<Key>): Marks<Key> => ({ marked });

/** Marks the row under the cursor, or takes its mark away, and goes to the next one. */
export const turnMark: Marking = ({ rows, keyOf, cursor, marks }) => {
  const row = rows[cursor];
  if (row === undefined) return { marks, cursor };
  const marked = new Set(marks.marked);
  const key = keyOf(row);
  if (!marked.delete(key)) marked.add(key);
  return { marks: { marked }, cursor: Math.min(cursor + 1, rows.length - 1) };
};

/** Marks the row under the cursor and the one that it goes to. */
export const markOver =
  (by: 1 | -1): Marking =>
  ({ rows, keyOf, cursor, marks }) => {
    const to = Math.max(0, Math.min(cursor + by, rows.length - 1));
    const over = { rows: between(rows, cursor, to), keyOf };
    return { marks: { marked: withRows(marks.marked, over) }, cursor: to };
  };

/** Marks the rows between the start of a range and the cursor, where there is a range. */
export const followRange: Marking = ({ rows, keyOf, cursor, marks }) => {
  const { range } = marks;
  if (range === undefined) return { marks, cursor };
  const from = rows.findIndex((row) => keyOf(row) === range.from);
  if (from === -1) return { marks: withoutRange(marks), cursor };
  const over = { rows: between(rows, from, cursor), keyOf };
  return { marks: { marked: withRows(range.before, over), range }, cursor };
};

/** Begins a range at the cursor, or ends the one that there is. */
export const turnRange: Marking = (list) => {
  const { rows, keyOf, cursor, marks } = list;
  const row = rows[cursor];
  if (marks.range !== undefined || row === undefined) return { marks: withoutRange(marks), cursor };
  return followRange({
    ...list,
    marks: { ...marks, range: { from: keyOf(row), before: marks.marked } },
  });
};

/** Marks every row that is shown. */
export const markAll: Marking = ({ cursor, marks, ...shown }) => ({
  marks: { marked: withRows(marks.marked, shown) },
  cursor,
});

/** Takes all marks away. */
export const clearMarks: Marking = ({ cursor }) => ({ marks: noMarks, cursor });

/** The marks of rows that are there; a range ends where some are not. */
export function marksThere<Row, Key>({ rows, keyOf, marks }: Omit<Markable<Row, Key>, "cursor">): Marks<Key> {
  const { marked } = marks;
  if (marked.size === 0) return marks;
  const there = new Set(rows.map(keyOf));
  const kept = [...marked].filter((key) => there.has(key));
  return kept.length === marked.size ? marks : { marked: new Set(kept) };
}

/** The marks of the list in front; none where its rows cannot be marked. */
export function marksInFront(screen: Screen): Marks<Gid> | Marks<Address> {
  if (screen.kind === "groups") return screen.marks;
  return screen.kind === "group" && screen.tab === "members" ? screen.marks : noMarks;
}

/** Marks in a word or two, as `   range, marked 3`, to stand behind a heading; empty where there are none. */
export function marksWords({ marked, range }: Marks<Gid> | Marks<Address>): string {
  if (marked.size === 0) return "";
  return `   ${range === undefined ? "" : "range, "}marked ${marked.size.toLocaleString("en")}`;
}
