import { readPattern } from "./pattern.ts";

/** What a filter lets through: a text that the row has in it, `!text` for the others, `/re/` for a pattern. */
export interface Filter {
  readonly test: (text: string) => boolean;
  /** Why nothing gets through, where the pattern cannot be read. */
  readonly fault: string | undefined;
}

function withoutSign(text: string): (row: string) => boolean {
  const wanted = text.toLowerCase();
  return (row) => row.toLowerCase().includes(wanted);
}

function read(text: string): Filter {
  const inverse = text.startsWith("!");
  const wanted = inverse ? text.slice(1) : text;
  const source = /^\/(.+?)\/?$/s.exec(wanted)?.[1];
  const pattern = source === undefined ? undefined : readPattern(source);
  if (pattern?.ok === false) return { test: () => false, fault: pattern.fault };
  const test = pattern === undefined ? withoutSign(wanted) : pattern.test;
  return { test: wanted === "" ? () => true : (row) => test(row) !== inverse, fault: undefined };
}

let last: { readonly text: string; readonly filter: Filter } | undefined;

/** Reads a filter. The case does not matter. */
export function filterOf(text: string): Filter {
  // A key and its frame ask for the same one several times.
  if (last?.text !== text) last = { text, filter: read(text) };
  return last.filter;
}
