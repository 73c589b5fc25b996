import type { ListState } from "../../state/list.ts";

/** What a list leaves out, and its order, a sentence each. */
export const filterWords = ({ filter, sort }: ListState): readonly string[] => [
  ...(filter.text === "" ? [] : [`Filter: ${filter.text}. A slash alone clears it.`]),
  ...(sort === undefined ? [] : [`Sorted by ${sort.by}${sort.reversed ? ", reversed" : ""}.`]),
];
