import { ProblemError } from "./problem.ts";

// Opaque on purpose: what is in a cursor is nobody's business, so that it may change.

/** The cursor of the page behind this row. */
const cursorAfter = (row: string): string => Buffer.from(row).toString("base64url");

function noCursor(): ProblemError {
  const detail = "cursor must be the next_cursor of an earlier page.";
  return new ProblemError("validation", {
    detail,
    members: { errors: [{ in: "query", pointer: "/cursor", code: "invalid_value", detail }] },
  });
}

/** The row that a cursor stands behind. Throws `validation` for what is no cursor. */
export function readCursor(cursor: string | undefined): string {
  if (cursor === undefined) return "";
  const row = Buffer.from(cursor, "base64url").toString();
  if (row !== "" && !row.includes("\0") && cursorAfter(row) === cursor) return row;
  throw noCursor();
}

/** The number that a cursor stands behind, or undefined at the start. Throws `validation` for what is no cursor. */
export function readNumberCursor(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const row = readCursor(cursor);
  if (!/^\d{1,15}$/.test(row)) throw noCursor();
  return Number(row);
}

/** A page of a listing. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}

/** Cuts a list that was read one row longer than the page. */
export function pageOf<T>(
  rows: readonly T[],
  { limit, keyOf }: { readonly limit: number; readonly keyOf: (row: T) => string },
): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next_cursor: rows.length > limit && last !== undefined ? cursorAfter(keyOf(last)) : null };
}
