import { encodeFlags, formatFlags, type Group } from "@mesibo-groups/core";
import type { ReactNode } from "react";
import { shownGroups } from "../../state/actions/groups.ts";
import { audience, receiversInWords, sendersInWords } from "../../state/audience.ts";
import { askAgain, clearKey, keyHere } from "../../state/key-here.ts";
import { cursorIn } from "../../state/list.ts";
import { marksWords } from "../../state/marks.ts";
import { membersOf, type State } from "../../state/model.ts";
import type { GroupsScreen } from "../../state/screen.ts";
import { noMatch } from "../../text/no-match.ts";
import { duration, plural } from "../../text/words.ts";
import { FilterLine } from "../components/filter-line.tsx";
import { Table, type Column } from "../components/table.tsx";

function columnsOf(state: State): readonly Column<Group>[] {
  const known = ({ gid }: Group): boolean => state.data.rosters.has(gid);
  const audienceOf = (group: Group) => audience(group.flags, membersOf(state, group.gid));
  return [
    { title: "GID", width: 10, stays: true, cell: ({ gid }) => String(gid) },
    { title: "NAME", width: 12, stays: true, grows: true, cell: ({ name }) => name },
    {
      title: "FLAG",
      width: 13,
      stays: true,
      cell: ({ flags }) => `${String(encodeFlags(flags)).padStart(5)}  ${formatFlags(flags, "hex")}`,
    },
    {
      title: "WHO SENDS",
      width: 13,
      cell: (group) => sendersInWords(group.flags, audienceOf(group)),
      tone: ({ flags }) => (flags.send === "anyone" ? "warn" : "plain"),
    },
    { title: "WHO RECEIVES", width: 14, cell: (group) => receiversInWords(group.flags, audienceOf(group)) },
    {
      title: "MEMBERS",
      width: 7,
      align: "end",
      cell: (group) => (known(group) ? String(membersOf(state, group.gid).length) : "-"),
    },
    {
      title: "EXPIRES",
      width: 8,
      cell: ({ active, expiry }) => (active ? `in ${duration(expiry)}` : "inactive"),
    },
  ];
}

function unlisted(state: State): string {
  const { dialog, notice, running } = state;
  if (dialog?.kind === "notice") return "Nothing has been asked yet.";
  const failed = notice !== undefined && notice.outcome !== "info" && notice.outcome !== "done";
  // A question that runs again is on its way, whatever became of the last one.
  return failed && running.length === 0
    ? `The groups could not be listed: ${keyHere(state, "show_notice")} says why, ${askAgain(state)}`
    : "Listing the groups.";
}

const SOON = 7 * 86_400;

/** The list of groups. */
export function GroupsView({
  state,
  screen,
  height,
}: {
  readonly state: State;
  readonly screen: GroupsScreen;
  readonly height: number;
}): ReactNode {
  const { groups } = state.data;
  const rows = shownGroups(state);
  const filter = screen.list.filter.text;
  const { marked } = screen.marks;
  const empty =
    groups === undefined
      ? unlisted(state)
      : filter === ""
        ? `No groups yet. ${keyHere(state, "new_group")} makes one, ${keyHere(state, "palette")} and a gid opens one.`
        : rows.length > 0
          ? ""
          : noMatch({
              filter,
              of: plural(groups.groups.length, "group"),
              words: groups.groups.map(({ name }) => name),
              clear: clearKey(state),
            });
  return (
    <>
      <FilterLine
        what={
          groups === undefined
            ? "Groups"
            : `Groups ${rows.length} of ${groups.total}${marksWords(screen.marks)}`
        }
        list={screen.list}
        width={state.size.columns}
      />
      <Table
        columns={columnsOf(state)}
        rows={rows}
        cursor={cursorIn(screen.list, rows.length)}
        width={state.size.columns}
        height={height - 1}
        keyOf={({ gid }) => gid}
        markOf={({ gid, active, expiry }) =>
          marked.has(gid) ? "mark" : !active || expiry < SOON ? "attention" : undefined
        }
        empty={empty}
      />
    </>
  );
}
