import { cellsOf, isSeenOnSpace, type Cell } from "./cells.ts";

const CSI = "\u001b[";
const PLAIN = `${CSI}0m`;
const ERASE_TO_END = `${CSI}K`;
const blank: Cell = { character: " ", look: "" };

/** Cells that stay the same, between two that change, are stepped over where that is shorter than to write them. */
const STEP = 5;

/** Row and column begin with 1. */
const to = (row: number, column: number): string => `${CSI}${row};${column}H`;

const isSame = (one: Cell, other: Cell): boolean =>
  one.character === other.character && one.look === other.look;

/** The parts of a line that change, each with the column that it begins at, counted from 0. */
function changes(
  before: readonly Cell[],
  after: readonly Cell[],
): readonly (readonly [number, readonly Cell[]])[] {
  const runs: (readonly [number, Cell[]])[] = [];
  let same = STEP;
  for (let column = 0; column < Math.max(before.length, after.length); column += 1) {
    const cell = after[column] ?? blank;
    if (isSame(before[column] ?? blank, cell)) {
      same += 1;
      continue;
    }
    const run = runs.at(-1);
    if (run === undefined || same >= STEP) runs.push([column, [cell]]);
    else
      run[1].push(...Array.from({ length: same }, (_, index) => after[column - same + index] ?? blank), cell);
    same = 0;
  }
  return runs;
}

/** A line of cells, beginning and ending plain. */
function written(cells: readonly Cell[]): string {
  let text = "";
  let look = "";
  for (const cell of cells) {
    // A space looks the same in most looks: it takes the one before it.
    const isFree = isSame(cell, blank) && !isSeenOnSpace(look);
    if (cell.look === look || isFree) {
      text += cell.character;
      continue;
    }
    text += cell.look === "" ? PLAIN : `${CSI}0;${cell.look}m`;
    text += cell.character;
    look = cell.look;
  }
  return look === "" ? text : `${text}${PLAIN}`;
}

const trimmed = (cells: readonly Cell[]): readonly Cell[] =>
  cells.slice(0, cells.findLastIndex((cell) => !isSame(cell, blank)) + 1);

function repainted(row: number, before: string, after: string): string {
  const [old, next] = [cellsOf(before), cellsOf(after)];
  if (old === undefined || next === undefined) return `${to(row, 1)}${after}${ERASE_TO_END}`;
  const [was, is] = [trimmed(old), trimmed(next)];
  const painted = changes(was.slice(0, is.length), is)
    .map(([column, cells]) => `${to(row, column + 1)}${written(cells)}`)
    .join("");
  return was.length > is.length ? `${painted}${to(row, is.length + 1)}${ERASE_TO_END}` : painted;
}

/** What turns a screen with some lines into one with others: only what differs is written. */
export function repaint(before: readonly string[], after: readonly string[]): string {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) => {
    const [old = "", next = ""] = [before[index], after[index]];
    return old === next ? "" : repainted(index + 1, old, next);
  }).join("");
}

/** What makes a screen with some lines of any screen. */
export const paint = (lines: readonly string[]): string => `${CSI}H${CSI}J${repaint([], lines)}`;
