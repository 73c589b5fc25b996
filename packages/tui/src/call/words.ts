/** A text as one word of a POSIX shell, whatever is in it. */
export const shellQuoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** A value as JavaScript on lines of its own. */
export const literal = (value: unknown): string => JSON.stringify(value, undefined, 2);

/** Lines that stand inside something. */
export const indented = (text: string): string => text.replaceAll("\n", "\n  ");
