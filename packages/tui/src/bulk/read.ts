import { knownColumns, readColumns, type IgnoredColumn } from "./columns.ts";
import { BulkReadError, MAX_CHARACTERS } from "./limits.ts";
import { readCsv, readRecords } from "./read-csv.ts";
import { readPlainList } from "./read-list.ts";
import type { BadRow, Row } from "./row.ts";

/** A list of members, read. */
export interface BulkList {
  /** `csv` where the first line was a header with an address column. */
  readonly format: "list" | "csv";
  readonly rows: readonly Row[];
  /** Rows that have too few or too many cells, or a permission that is neither true nor false. */
  readonly bad: readonly BadRow[];
  /** CSV columns that were not used. */
  readonly ignored: readonly IgnoredColumn[];
}

const delimiters = [",", ";", "\t", "|"] as const;

const firstLine = (text: string): string => /.*\S.*/.exec(text)?.[0] ?? "";

function cellsOf(line: string, delimiter: string): readonly string[] {
  // A quote that the first line leaves open cannot be in a header that is ours.
  if (!line.includes('"')) return line.split(delimiter);
  try {
    return readRecords(line, delimiter)[0]?.cells ?? [];
  } catch (error) {
    if (error instanceof BulkReadError) return [];
    throw error;
  }
}

/**
 * Reads what was pasted or what a file holds: addresses separated by line breaks, commas, semicolons, tabs or
 * spaces, or CSV whose header names an address column. Throws {@link BulkReadError} where nothing of it can be
 * trusted.
 */
export function readMembers(given: string): BulkList {
  if (given.length > MAX_CHARACTERS) {
    throw new BulkReadError(
      `The list has ${given.length.toLocaleString("en")} characters, over the limit of ${MAX_CHARACTERS.toLocaleString("en")}. Split it, and add the parts one after the other.`,
    );
  }
  const text = given.replace(/^\ufeff/, "").replaceAll(/\r\n?/g, "\n");
  const header = delimiters
    .map((delimiter) => ({ delimiter, cells: cellsOf(firstLine(text), delimiter) }))
    .reduce((best, next) => (knownColumns(next.cells) > knownColumns(best.cells) ? next : best));
  const columns = readColumns(header.cells);
  if (columns === undefined) return { format: "list", rows: readPlainList(text), bad: [], ignored: [] };
  const { rows, bad } = readCsv({ text, delimiter: header.delimiter, columns });
  return { format: "csv", rows, bad, ignored: columns.ignored };
}
