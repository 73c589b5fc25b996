import { collect, type CollectedRequest } from "@mesibo-groups/core/wire";
import type { Entry } from "./entry.ts";

/** An entry's request as mesibo sees it: as it was before the entry was cut, each value to 1,000 characters. */
export function readEntry(entry: Entry): CollectedRequest {
  const { op, params } = entry;
  if (params === undefined) return collect(entry);
  return { op, token: "", id: undefined, params, malformed: [], unreadable: false };
}
