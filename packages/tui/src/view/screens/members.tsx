import {
  permissionMatters,
  permissionNames,
  type Group,
  type PermissionName,
  type RoutedMember,
} from "@mesibo-groups/core";
import type { ReactNode } from "react";
import { shownMembers } from "../../state/actions/members.ts";
import { edits } from "../../state/bulk-job.ts";
import { clearKey, keyHere } from "../../state/key-here.ts";
import { cursorIn } from "../../state/list.ts";
import { marksWords } from "../../state/marks.ts";
import { membersOf, type State } from "../../state/model.ts";
import type { GroupScreen } from "../../state/screen.ts";
import { noMatch } from "../../text/no-match.ts";
import { FilterLine } from "../components/filter-line.tsx";
import { Line, Span } from "../components/line.tsx";
import { Table, type Column } from "../components/table.tsx";

const titles = {
  send: "SEND",
  receive: "RECV",
  publish: "PUB",
  subscribe: "SUB",
  list: "LIST",
} satisfies Record<PermissionName, string>;

/** What is going on with a row besides its permissions. */
type Going = "pending" | "unknown" | undefined;

const goingWords = { pending: "saving", unknown: "unknown" };

function columnsOf(group: Group, goingOn: (address: string) => Going): readonly Column<RoutedMember>[] {
  return [
    { title: "ADDRESS", width: 16, stays: true, grows: true, cell: ({ address }) => address },
    ...permissionNames.map((name): Column<RoutedMember> => {
      const matters = permissionMatters(group.flags, name);
      return {
        title: titles[name],
        width: 5,
        stays: true,
        cell: ({ permissions }) => `${permissions[name] ? "[x]" : "[ ]"}${matters ? "" : "-"}`,
        tone: () => (matters ? "plain" : "muted"),
      };
    }),
    {
      title: "",
      width: 7,
      cell: ({ address }) => {
        const going = goingOn(address);
        return going === undefined ? "" : goingWords[going];
      },
    },
  ];
}

/** Why some boxes have a dash behind them, for the line below the table. */
function idleWords(state: State, { flags }: Group): string {
  const idle = permissionNames.filter((name) => !permissionMatters(flags, name));
  if (idle.length === 0) return "Every box counts: the flags let selected members send and receive.";
  if (idle.length === permissionNames.length)
    return `[x]- no box has an effect while the flags do not say selected; tab ${keyHere(state, "tab_overview")} changes them.`;
  return `[x]- has no effect with this group's flags: ${idle.map((name) => titles[name]).join(", ")}.`;
}

/** The second tab of a group: its members and their five permissions. */
export function MembersView({
  state,
  screen,
  group,
  height,
}: {
  readonly state: State;
  readonly screen: GroupScreen;
  readonly group: Group;
  readonly height: number;
}): ReactNode {
  const { gid, marks } = screen;
  const roster = state.data.rosters.get(gid);
  const all = membersOf(state, gid).length;
  const rows = shownMembers(state, screen);
  const editing = state.editing.filter((effect) => effect.gid === gid);
  const bulks = state.jobs.flatMap(({ effect, outcome }) =>
    effect.kind === "run_bulk" && effect.gid === gid && outcome === "running" ? [effect] : [],
  );
  const goingOn = (address: string): Going => {
    if (editing.some(({ addresses }) => addresses.includes(address))) return "pending";
    if (bulks.some((effect) => edits(effect, address))) return "pending";
    return roster?.doubtful.has(address) === true ? "unknown" : undefined;
  };
  const { marked } = marks;
  const more = roster?.complete === false ? " or more (the list was cut)" : "";
  const empty =
    roster === undefined
      ? "Listing the members."
      : all === 0
        ? `No members yet. ${keyHere(state, "add_members")} adds some, typed or pasted.`
        : rows.length > 0
          ? ""
          : noMatch({
              filter: screen.members.filter.text,
              of: String(all),
              words: membersOf(state, gid).map(({ address }) => address),
              clear: clearKey(state),
            });
  return (
    <>
      <FilterLine
        what={`Members ${all}${more}${marksWords(marks)}`}
        list={screen.members}
        width={state.size.columns}
      />
      <Table
        columns={columnsOf(group, goingOn)}
        rows={rows}
        cursor={cursorIn(screen.members, rows.length)}
        width={state.size.columns}
        height={height - (height > 6 ? 2 : 1)}
        keyOf={({ address }) => address}
        markOf={({ address }) => goingOn(address) ?? (marked.has(address) ? "mark" : undefined)}
        empty={empty}
      />
      {all > 0 && height > 6 && (
        <Line>
          <Span tone="muted">{`   ${idleWords(state, group)}`}</Span>
        </Line>
      )}
    </>
  );
}
