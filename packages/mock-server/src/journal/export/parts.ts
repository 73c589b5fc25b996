import type { EntryView } from "../view.ts";

/** Where the journal shows that it has masked a token. */
export const masked = /\[redacted\]/g;

/** The path with the query, as the caller sent it. */
export const target = ({ path, query }: EntryView): string => (query === "" ? path : `${path}?${query}`);

/** What is lost of a request, as a sentence; undefined where it is whole. */
export function loss({ n, cut }: EntryView): string | undefined {
  const parts = cut.filter((part) => part !== "answer");
  return parts.length === 0
    ? undefined
    : `The ${parts.join(" and ")} of request ${n} was cut: it is too long for the journal.`;
}

/** Whether a text is JSON. */
export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
