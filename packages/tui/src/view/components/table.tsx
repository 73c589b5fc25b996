import type { ReactNode } from "react";
import { windowOf } from "../../state/list.ts";
import { fit } from "../../text/width.ts";
import { useGlyphs, type Tone } from "../theme.ts";
import { Line, Span } from "./line.tsx";

/** A column of a table. */
export interface Column<Row> {
  readonly title: string;
  /** Columns of the terminal; the least where `grows`. */
  readonly width: number;
  /** Takes what the others leave. */
  readonly grows?: boolean | undefined;
  /** Never hidden, however narrow the terminal. */
  readonly stays?: boolean | undefined;
  readonly align?: "start" | "end" | undefined;
  readonly cell: (row: Row) => string;
  readonly tone?: ((row: Row) => Tone) | undefined;
}

/** What is drawn in front of a row besides the cursor. */
export type RowMark = "mark" | "pending" | "attention" | "unknown" | undefined;

const GAP = 1;

/** Cursor, mark, space. */
const PREFIX = 3;

/** The columns that fit, with their widths: they hide from the right, and the growing one takes the rest. */
function layoutColumns<Row>(
  columns: readonly Column<Row>[],
  width: number,
): readonly (Column<Row> & { readonly columns: number })[] {
  const room = width - PREFIX;
  const needed = (shown: readonly Column<Row>[]): number =>
    shown.reduce((sum, column) => sum + column.width + GAP, -GAP);
  let shown = columns;
  while (needed(shown) > room) {
    const last = shown.findLastIndex(({ stays }) => stays !== true);
    if (last === -1) break;
    shown = shown.filter((_, index) => index !== last);
  }
  const spare = Math.max(0, room - needed(shown));
  return shown.map((column) => ({ ...column, columns: column.width + (column.grows === true ? spare : 0) }));
}

/** A table in a window that follows the cursor. Draws only the rows in sight. */
export function Table<Row>({
  columns,
  rows,
  cursor,
  width,
  height,
  keyOf,
  markOf,
  empty,
}: {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly cursor: number;
  readonly width: number;
  /** Rows of the screen, the titles included. */
  readonly height: number;
  readonly keyOf: (row: Row) => string | number;
  readonly markOf?: (row: Row) => RowMark;
  /** Stands in place of the rows where there are none. */
  readonly empty: string;
}): ReactNode {
  const glyphs = useGlyphs();
  const { ellipsis } = glyphs;
  const shown = layoutColumns(columns, width);
  const { top, end } = windowOf({ cursor, count: rows.length, height: height - 1 });

  return (
    <>
      <Line>
        <Span tone="muted">
          {" ".repeat(PREFIX)}
          {shown
            .map(({ title, columns: wide, align }) => fit(title, { width: wide, ellipsis, align }))
            .join(" ")}
        </Span>
      </Line>
      {rows.length === 0 && <Line>{`${" ".repeat(PREFIX)}${empty}`}</Line>}
      {rows.slice(top, end).map((row, index) => {
        const here = top + index === cursor;
        const mark = markOf?.(row);
        return (
          <Line key={keyOf(row)}>
            <Span tone="accent">{here ? glyphs.cursor : " "}</Span>
            <Span tone="warn">{mark === undefined ? " " : glyphs[mark]}</Span>
            {shown.map((column) => (
              <Span key={column.title} tone={column.tone?.(row) ?? (here ? "strong" : "plain")}>
                {` ${fit(column.cell(row), { width: column.columns, ellipsis, align: column.align })}`}
              </Span>
            ))}
          </Line>
        );
      })}
    </>
  );
}
