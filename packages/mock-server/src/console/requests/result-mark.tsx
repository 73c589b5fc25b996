/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";
import type { EntryResult } from "../../journal/entry.ts";

const signs = { done: "✓", refused: "✕", fault: "⚡", defect: "!" } as const satisfies Record<
  EntryResult,
  string
>;

/** What became of a request. */
export const ResultMark = ({ result }: { result: EntryResult }): JSX.Element => (
  <span class={`result is-${result}`}>
    {signs[result]} {result}
  </span>
);
