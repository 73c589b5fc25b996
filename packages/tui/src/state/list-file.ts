import { encodeFlags, type Group } from "@mesibo-groups/core";
import { csvOf, membersCsv } from "../bulk/report.ts";
import { groupData, memberData } from "../list-data.ts";
import { plural } from "../text/words.ts";
import { markedGroups, shownGroups } from "./actions/groups.ts";
import { markedMembers, shownMembers } from "./actions/members.ts";
import type { DeskEffect } from "./effects.ts";
import { marksInFront } from "./marks.ts";
import type { State } from "./model.ts";

/** The ways that a list is written into a file. */
export const listFormats = ["csv", "json", "ndjson"] as const;

/** One way that a list is written into a file. */
export type ListFormat = (typeof listFormats)[number];

const groupsCsv = (groups: readonly Group[]): string =>
  csvOf([
    ["gid", "name", "flag", "send", "receive", "store", "loopback", "expiry", "active"],
    ...groups.map(({ gid, name, flags, expiry, active }) => [
      String(gid),
      name,
      String(encodeFlags(flags)),
      flags.send,
      flags.receive,
      String(flags.store),
      String(flags.loopback),
      String(expiry),
      String(active),
    ]),
  ]);

interface Written {
  readonly format: ListFormat;
  readonly rows: readonly object[];
  readonly csv: () => string;
}

function textOf({ format, rows, csv }: Written): string {
  if (format === "csv") return csv();
  if (format === "json") return `${JSON.stringify(rows, undefined, 2)}\n`;
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

/** What writes the marked rows of the list in front, else those shown, into a new file; undefined elsewhere. */
export function listFile(state: State, format: ListFormat): DeskEffect | undefined {
  const { screen } = state;
  const isMarked = marksInFront(screen).marked.size > 0;
  if (screen.kind === "groups") {
    const groups = isMarked ? markedGroups(state, screen) : shownGroups(state);
    const text = textOf({ format, rows: groups.map(groupData), csv: () => groupsCsv(groups) });
    return { kind: "save_list", name: "mesibo-groups", format, what: plural(groups.length, "group"), text };
  }
  if (screen.kind !== "group" || screen.tab !== "members") return undefined;
  const members = isMarked ? markedMembers(state, screen) : shownMembers(state, screen);
  const text = textOf({ format, rows: members.map(memberData), csv: () => membersCsv(members) });
  const what = plural(members.length, "member");
  return { kind: "save_list", name: `mesibo-group-${screen.gid}-members`, format, what, text };
}
