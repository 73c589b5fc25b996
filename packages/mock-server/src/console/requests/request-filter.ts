import { entryResults, type Entry } from "../../journal/entry.ts";
import { fits, namedOp, type EntryFilter } from "../../journal/filter.ts";
import type { WorldEntry } from "../../worlds.ts";

/** What somebody has chosen of the journal. */
export type RequestFilter = Pick<EntryFilter, "op" | "result">;

/** The filter of a query; an empty field filters nothing. */
export function filterOf(query: URLSearchParams): RequestFilter {
  const op = query.get("op") ?? "";
  const result = query.get("result");
  return {
    op: op === "" ? undefined : namedOp(op),
    result: entryResults.find((each) => each === result),
  };
}

/** A filter as the query that {@link filterOf} reads. */
export const queryOf = ({ op, result }: RequestFilter): URLSearchParams =>
  new URLSearchParams({ op: op ?? "", result: result ?? "" });

/** The requests of a world that fit a filter, oldest first. */
export const requestsOf = ({ journal }: WorldEntry, filter: RequestFilter): readonly Entry[] =>
  journal.entries().filter(fits(filter));
