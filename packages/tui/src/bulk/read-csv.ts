import { CsvError, parse } from "csv-parse/sync";
import { plural } from "../text/words.ts";
import type { Columns } from "./columns.ts";
import { unguard } from "./formulas.ts";
import { BulkReadError, MAX_ROWS, tooManyRows } from "./limits.ts";
import type { BadRow, GivenPermissions, Row } from "./row.ts";

/** A text that is CSV, with what its header says. */
export interface CsvText {
  readonly text: string;
  readonly delimiter: string;
  readonly columns: Columns;
}

/** The rows of a CSV. */
export interface CsvRows {
  readonly rows: readonly Row[];
  readonly bad: readonly BadRow[];
}

interface RecordAt {
  readonly cells: readonly string[];
  readonly line: number;
}

const yes = new Set(["true", "1", "yes", "y", "x"]);
const no = new Set(["false", "0", "no", "n", ""]);

const lineBreaks = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);

/** Splits a CSV whose lines end with LF into records, each with the line where it begins. */
export function readRecords(text: string, delimiter: string): readonly RecordAt[] {
  const records: RecordAt[] = [];
  let line = 0;
  try {
    parse(text, {
      delimiter,
      record_delimiter: "\n",
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: MAX_ROWS + 2,
      on_record: (cells: readonly string[], { lines }) => {
        line = lines;
        records.push({ cells, line: lines - lineBreaks(cells) });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code !== "CSV_QUOTE_NOT_CLOSED")
      throw new BulkReadError(`The CSV cannot be read: ${error.message}.`);
    throw new BulkReadError("a quote opens here or below, and is never closed.", line + 1);
  }
  return records;
}

function readPermissions(cells: readonly string[], { permissions }: Columns): GivenPermissions | string {
  const given: Partial<Record<(typeof permissions)[number]["name"], boolean>> = {};
  for (const { name, index } of permissions) {
    const word = (cells[index] ?? "").trim().toLowerCase();
    if (!yes.has(word) && !no.has(word)) return `${name} is "${word}", which is neither true nor false`;
    given[name] = yes.has(word);
  }
  return given;
}

function faultOf(
  cells: readonly string[],
  { width, change }: Columns,
  headerCells: number,
): string | undefined {
  const counts = `has ${plural(cells.length, "cell")} where the header has ${headerCells}`;
  if (cells.length < width) return counts;
  if (cells.slice(headerCells).some((cell) => cell !== ""))
    return `${counts}; text with a separator in it needs quotes`;
  if (change !== undefined && cells[change]?.trim() === "remove") return "is a removal, and a list only adds";
  return undefined;
}

/** Reads the rows below the header of a CSV. */
export function readCsv({ text, delimiter, columns }: CsvText): CsvRows {
  const [header, ...records] = readRecords(text, delimiter);
  if (records.length > MAX_ROWS) throw tooManyRows();
  const rows: Row[] = [];
  const bad: BadRow[] = [];
  for (const { cells, line } of records) {
    const address = unguard(cells[columns.address] ?? "");
    const fault = faultOf(cells, columns, header?.cells.length ?? 0);
    const permissions = fault ?? readPermissions(cells, columns);
    if (typeof permissions === "string") bad.push({ line, text: address, reason: permissions });
    else rows.push({ line, address, permissions });
  }
  return { rows, bad };
}
