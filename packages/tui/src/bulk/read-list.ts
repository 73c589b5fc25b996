import { unguard } from "./formulas.ts";
import { BulkReadError, MAX_ROWS, tooManyRows } from "./limits.ts";
import type { Row } from "./row.ts";

const permissionWord = /^(?:true|false|yes|no)$/i;

/** Reads a text whose lines end with LF: addresses separated by line breaks, commas, semicolons, tabs or spaces. */
export function readPlainList(text: string): readonly Row[] {
  const rows: Row[] = [];
  for (const [index, content] of text.split("\n").entries()) {
    const line = index + 1;
    const entries = content.split(/[,;\s\ufeff]+/).filter((entry) => entry !== "");
    if (entries.length > 1 && entries.slice(1).every((entry) => permissionWord.test(entry))) {
      throw new BulkReadError(
        "looks like an address with permissions, but nothing says which ones. Put a header on top: address,send,receive,publish,subscribe,list.",
        line,
      );
    }
    for (const entry of entries) rows.push({ line, address: unguard(entry), permissions: {} });
    if (rows.length > MAX_ROWS) throw tooManyRows();
  }
  return rows;
}
