import { encodeFlags, formatFlags, type Group } from "@mesibo-groups/core";
import { shownGroups } from "../../state/actions/groups.ts";
import { audience, receiversInWords, sendersInWords } from "../../state/audience.ts";
import { cursorIn } from "../../state/list.ts";
import { membersOf, type State } from "../../state/model.ts";
import type { GroupsScreen } from "../../state/screen.ts";
import { noMatch } from "../../text/no-match.ts";
import { clockTime, duration, plural } from "../../text/words.ts";
import { wordFor } from "../commands.ts";
import { pointAt, type Page } from "../page.ts";
import { filterWords, markedWords } from "./list-words.ts";

/** A group in one sentence. */
function groupWords(
  state: State,
  { marks }: GroupsScreen,
  { gid, name, flags, active, expiry }: Group,
): string {
  const known = state.data.rosters.has(gid);
  const members = membersOf(state, gid);
  const who = audience(flags, members);
  return [
    `${name}, gid ${gid}`,
    `flag ${encodeFlags(flags)}, ${formatFlags(flags, "hex")}`,
    `${sendersInWords(flags, who).toLowerCase()} may send`,
    `${receiversInWords(flags, who)} receives`,
    ...(known ? [plural(members.length, "member")] : []),
    active ? `ends in ${duration(expiry)}` : "inactive",
    ...(marks.marked.has(gid) ? ["marked"] : []),
  ].join("; ");
}

function heading(state: State, shown: readonly Group[], screen: GroupsScreen): string {
  const { groups } = state.data;
  if (groups === undefined)
    return `The groups are not listed yet. ${wordFor(state, "refresh")} asks the server.`;
  const { filter } = screen.list;
  if (shown.length === 0 && filter.text !== "") {
    return noMatch({
      filter: filter.text,
      of: plural(groups.groups.length, "group"),
      words: groups.groups.map(({ name }) => name),
      clear: "A slash alone",
    });
  }
  const age = `${groups.stale ? "stale, " : ""}as of ${clockTime(groups.asOf)}`;
  if (shown.length === 0)
    return `There are no groups yet, ${age}. Say ${wordFor(state, "new_group")} to make one.`;
  return `${shown.length} of ${plural(groups.total, "group")}${markedWords(screen.marks)}, ${age}.`;
}

/** The list of groups. */
export function groupsPage(state: State, screen: GroupsScreen): Page {
  const shown = shownGroups(state);
  const here = shown[cursorIn(screen.list, shown.length)];
  const chosen = screen.marks.marked.size > 0 ? "the marked groups" : here?.name;
  return {
    title: "Groups",
    lines: [
      heading(state, shown, screen),
      ...filterWords(screen.list),
      ...(here === undefined ? [] : [`A number opens a group. Delete and copy are about ${chosen}.`]),
    ],
    items: shown.map((group, row) => ({
      text: groupWords(state, screen, group),
      choice: pointAt(row, "open"),
    })),
  };
}
