import type { Address, Gid } from "@mesibo-groups/core";
import type { ListState } from "../../state/list.ts";
import type { Marks } from "../../state/marks.ts";

/** What a list leaves out, and its order, a sentence each. */
export const filterWords = ({ filter, sort }: ListState): readonly string[] => [
  ...(filter.text === "" ? [] : [`Filter: ${filter.text}. A slash alone clears it.`]),
  ...(sort === undefined ? [] : [`Sorted by ${sort.by}${sort.reversed ? ", reversed" : ""}.`]),
];

/** How many rows are marked, as the end of a heading; empty where none is. */
export const markedWords = ({ marked }: Marks<Gid> | Marks<Address>): string =>
  marked.size === 0 ? "" : `, ${marked.size} marked`;
