import type { Effect } from "./effects.ts";
import type { Connection } from "./model.ts";

/** Who keeps changes of unknown outcome; undefined for the mock inside, which nothing outlives. */
export function keeperOf({ kind, url }: Connection): "gateway" | "here" | undefined {
  if (kind === "gateway") return "gateway";
  return url === undefined ? undefined : "here";
}

/** What lists the changes of unknown outcome again, where they are kept. */
export const listKept = (connection: Connection): readonly Effect[] =>
  keeperOf(connection) === undefined ? [] : [{ kind: "list_operations" }];

/** What is looked at first. What is kept on this machine costs no call. */
export const firstLook = (connection: Connection): readonly Effect[] => [
  { kind: "list_groups" },
  ...(keeperOf(connection) === "here" ? listKept(connection) : []),
];
