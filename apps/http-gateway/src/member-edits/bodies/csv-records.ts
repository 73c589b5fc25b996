import { MAX_LINE_CHARS } from "./ndjson.ts";

/** A record of a CSV (RFC 4180), or what is wrong with it: nothing behind it can be read then. */
export interface CsvRecord {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[] | undefined;
  readonly fault?: string;
}

// One cell with what ends it: quoted, with quotes doubled inside, or bare.
const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;

/** Reads the record at the beginning of a text. Undefined where a quote is not as it must be. */
function readRecord(
  text: string,
): { readonly cells: readonly string[]; readonly length: number } | undefined {
  const cells: string[] = [];
  cell.lastIndex = 0;
  for (let end = ","; end === ",";) {
    const found = cell.exec(text);
    if (found === null) return undefined;
    const [, quoted, bare = "", ending = ""] = found;
    cells.push(quoted?.replaceAll('""', '"') ?? bare);
    end = ending;
  }
  return { cells, length: cell.lastIndex };
}

/** The records of a CSV, one after another, without those that are empty. */
export function* csvRecords(text: string): Generator<CsvRecord, undefined> {
  let line = 1;
  for (let from = 0; from < text.length;) {
    // Never looks further than a record may be long.
    const near = text.slice(from, from + MAX_LINE_CHARS);
    const record = readRecord(near);
    const cut = near.length === MAX_LINE_CHARS && !(record !== undefined && near[record.length - 1] === "\n");
    if (cut || record === undefined) {
      const fault = cut
        ? `begins a record that is longer than ${MAX_LINE_CHARS} characters.`
        : "has a quote that is never closed, or text beside one.";
      yield { line, cells: undefined, fault };
      return undefined;
    }
    if (record.cells.length > 1 || record.cells[0] !== "") yield { line, cells: record.cells };
    line += near.slice(0, record.length).split("\n").length - 1;
    from += record.length;
  }
  return undefined;
}
