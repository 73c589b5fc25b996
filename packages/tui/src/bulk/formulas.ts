// Spreadsheets run a cell that begins with one of these as a formula, and turn the phone number +14155550100 into
// a number without its plus. An apostrophe in front stops both. It is text to every reader, so it is put there and
// taken away by one rule: apostrophes and then such a character, so that an address that begins so itself survives.
const risky = /^'*[=+\-@\t\r\n＝＋－＠]/u;
const guarded = /^'+[=+\-@\t\r\n＝＋－＠]/u;

/** A cell that no spreadsheet takes for a formula. {@link unguard} gives it back. */
export const guard = (cell: string): string => (risky.test(cell) ? `'${cell}` : cell);

/** A cell without the apostrophe that {@link guard} put in front of it. */
export const unguard = (cell: string): string => (guarded.test(cell) ? cell.slice(1) : cell);
