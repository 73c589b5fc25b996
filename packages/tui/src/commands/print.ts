import { sanitize } from "../text/sanitize.ts";

/** The version of every JSON document that commands print. */
const VERSION = 1;

const escapeUnit = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

// JSON escapes the control characters below 0x20 only. A terminal obeys others too, and the meaning stays the same.
const escapeHidden = (json: string): string =>
  json.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character.split("").map(escapeUnit).join(""),
  );

/** One line of JSON without control characters. */
export const jsonLine = (data: object): string => `${escapeHidden(JSON.stringify(data))}\n`;

/** A versioned document as one line of JSON. */
export const documentLine = (data: object): string => jsonLine({ v: VERSION, ...data });

const plainAscii = /^[\u0020-\u007e]*$/;

/** Columns that a safe text takes. */
type Ruler = (text: string) => number;

// What measures any other text compiles a pattern of all emoji when it is loaded, which takes as long as Node's start.
async function rulerFor(cells: readonly (readonly string[])[]): Promise<Ruler> {
  if (cells.every((row) => row.every((cell) => plainAscii.test(cell)))) return (text) => text.length;
  const { widthOf } = await import("../text/width.ts");
  return widthOf;
}

/** A value of a row for a table. */
export const cell = (value: unknown): string =>
  value === null || value === undefined ? "-" : typeof value === "string" ? value : JSON.stringify(value);

/** Safe cells as lines with aligned columns, as many as the first row has. */
function aligned(cells: readonly (readonly string[])[], widthOf: Ruler): readonly string[] {
  const [header = []] = cells;
  const widths = header.map((_, column) =>
    cells.reduce((most, row) => Math.max(most, widthOf(row[column] ?? "")), 0),
  );
  return cells.map((row) =>
    row
      .map((cell, column) => `${cell}${" ".repeat((widths[column] ?? 0) - widthOf(cell))}`)
      .join("  ")
      .trimEnd(),
  );
}

/** Rows as lines with aligned columns, every cell made safe to print. */
export async function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<readonly string[]> {
  const cells = [header, ...rows].map((row) => row.map(sanitize));
  return aligned(cells, await rulerFor(cells));
}

/** The widest cell of a list, in columns: every address of mesibo's fits. */
const WIDEST_CELL = 64;

/** What a list shows. */
export interface Listed {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly say: (line: string) => void;
}

/** A table of what others have given names to, as long as they like: what is too wide is cut, and that is said. */
export async function listTable({ header, rows, say }: Listed): Promise<readonly string[]> {
  const safe = [header, ...rows].map((row) => row.map(sanitize));
  const widthOf = await rulerFor(safe);
  if (!safe.flat().some((cell) => widthOf(cell) > WIDEST_CELL)) return aligned(safe, widthOf);
  const { shorten } = await import("../text/width.ts");
  say(`Cells over ${WIDEST_CELL} columns are cut; --json has them whole.`);
  return table(
    header,
    rows.map((row) => row.map((cell) => shorten(cell, { width: WIDEST_CELL, ellipsis: "…" }).text)),
  );
}
