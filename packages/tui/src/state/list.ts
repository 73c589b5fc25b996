import { filterOf } from "../text/filter.ts";
import { textField, type TextField } from "./text-field.ts";

/** A list that a person moves in and filters. */
export interface ListState {
  /** Index among the rows that match the filter; may lie behind the last one, see {@link cursorIn}. */
  readonly cursor: number;
  readonly filter: TextField;
  /** Whether the filter is being typed. */
  readonly filtering: boolean;
  /** Undefined where the rows are as they come. */
  readonly sort: Sort | undefined;
}

/** The order of a list. */
export interface Sort {
  readonly by: string;
  readonly reversed: boolean;
}

/** A list at its first row, without a filter. */
export const emptyList: ListState = { cursor: 0, filter: textField(), filtering: false, sort: undefined };

/** A list as it is without its filter. */
export const unfiltered = ({ sort }: ListState): ListState => ({ ...emptyList, sort });

/** The cursor's row among `count` rows; 0 where there are none. */
export const cursorIn = ({ cursor }: ListState, count: number): number =>
  Math.max(0, Math.min(cursor, count - 1));

/** The ways to move in a list. */
export type Motion = "up" | "down" | "page_up" | "page_down" | "first" | "last";

/** Where a cursor goes. */
export interface Move {
  readonly motion: Motion;
  readonly cursor: number;
  readonly count: number;
  /** Rows of a page. */
  readonly page: number;
}

/** The cursor after a motion, among `count` rows. */
export function moved({ motion, cursor, count, page }: Move): number {
  const to = {
    up: cursor - 1,
    down: cursor + 1,
    page_up: cursor - page,
    page_down: cursor + page,
    first: 0,
    last: count - 1,
  }[motion];
  return Math.max(0, Math.min(to, count - 1));
}

/** The rows to draw so that the cursor is in sight, in the middle where possible. */
export function windowOf({
  cursor,
  count,
  height,
}: {
  readonly cursor: number;
  readonly count: number;
  readonly height: number;
}): { readonly top: number; readonly end: number } {
  const top = Math.max(0, Math.min(cursor - Math.floor(height / 2), count - height));
  return { top, end: Math.min(count, top + Math.max(0, height)) };
}

/** The rows that a filter lets through: text, `!text` or a pattern as `/re/`. None where the pattern is none. */
export function filtered<Row>(
  rows: readonly Row[],
  { filter }: ListState,
  textOf: (row: Row) => string,
): readonly Row[] {
  if (filter.text === "") return rows;
  const { test } = filterOf(filter.text);
  return rows.filter((row) => test(textOf(row)));
}

/**
 * The shown rows of a list, told once: a key and its frame ask for them several times, and each time would filter and
 * sort thousands of rows again.
 */
export function remembered<Row, Shown>(
  show: (rows: readonly Row[], list: ListState) => readonly Shown[],
): (rows: readonly Row[], list: ListState) => readonly Shown[] {
  const last = new WeakMap<
    readonly Row[],
    Pick<ListState, "sort"> & { readonly text: string; readonly shown: readonly Shown[] }
  >();
  return (rows, list) => {
    const { filter, sort } = list;
    const known = last.get(rows);
    if (known !== undefined && known.text === filter.text && known.sort === sort) return known.shown;
    const shown = show(rows, list);
    last.set(rows, { text: filter.text, sort, shown });
    return shown;
  };
}
