import { CsvError, parse } from "csv-parse/sync";
import { textLines, type TextLine } from "./text-lines.ts";

/** A line of a CSV (RFC 4180): its cells, or what is wrong with it. */
export type CsvRow = { readonly line: number } & (
  | { readonly cells: readonly string[]; readonly fault?: undefined }
  | { readonly cells?: undefined; readonly fault: string }
);

// The parser costs about 10 µs to set up, ten times what a line does.
const LINES_AT_ONCE = 100;

type Cells = readonly string[] | undefined;

/** The cells of each line, or undefined where a quote is not as it must be. */
function cellsOf(lines: readonly string[]): readonly Cells[] {
  try {
    // A carriage return within a line is text.
    const rows = parse(lines.join("\n"), { record_delimiter: "\n", relax_column_count: true });
    // Fewer where a quote goes on over the end of its line.
    if (rows.length === lines.length) return rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  return lines.length === 1 ? [undefined] : lines.flatMap((line) => cellsOf([line]));
}

function* rowsIn(lines: readonly TextLine[]): Generator<CsvRow> {
  const all = cellsOf(lines.map(({ text }) => text));
  for (const [index, { number: line, fault }] of lines.entries()) {
    const cells = all[index];
    if (fault !== undefined) yield { line, fault };
    else if (cells === undefined) {
      yield { line, fault: `line ${line} has a quote that is never closed on it, or text beside one.` };
    } else if (cells.length > 1 || cells[0] !== "") yield { line, cells };
  }
}

/** The rows of a CSV without those that are empty. No cell goes over the end of its line: none has to here. */
export function* csvRows(text: string): Generator<CsvRow, undefined> {
  let lines: TextLine[] = [];
  for (const line of textLines(text)) {
    lines.push(line);
    if (lines.length < LINES_AT_ONCE) continue;
    yield* rowsIn(lines);
    lines = [];
  }
  yield* rowsIn(lines);
}
