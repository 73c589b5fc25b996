import {
  effective,
  permissionMatters,
  permissionNames,
  type Group,
  type RoutedMember,
} from "@mesibo-groups/core";
import { shownMembers } from "../../state/actions/members.ts";
import { audience, audienceSentence } from "../../state/audience.ts";
import { formFlags } from "../../state/form.ts";
import { groupOf, membersOf, type State } from "../../state/model.ts";
import { shownWho, type WhoRow } from "../../state/rows.ts";
import type { GroupScreen } from "../../state/screen.ts";
import { permissionsOf, reasons, whoName, whoRow } from "../../state/who.ts";
import { noMatch } from "../../text/no-match.ts";
import { capital, plural } from "../../text/words.ts";
import { wordFor } from "../commands.ts";
import { pointAt, type Page } from "../page.ts";
import { flagSentences, formItems } from "./form.ts";
import { filterWords, markedWords } from "./list-words.ts";

function overviewPage(state: State, screen: GroupScreen, group: Group): Page {
  const { form } = screen;
  const flags = formFlags(form, group);
  return {
    title: `Group ${group.gid}, ${group.name}, overview`,
    lines: [
      ...flagSentences(form, group),
      audienceSentence(flags, audience(flags, membersOf(state, group.gid))),
      `A number changes a field, ${wordFor(state, "write")} writes the changes.`,
    ],
    items: formItems(form, group, false),
  };
}

function memberWords(
  state: State,
  { marks, gid }: GroupScreen,
  { address, permissions }: RoutedMember,
): string {
  const on = permissionNames.filter((name) => permissions[name]);
  const off = permissionNames.filter((name) => !permissions[name]);
  const doubtful = state.data.rosters.get(gid)?.doubtful.has(address) === true;
  return [
    address,
    on.length === 0 ? "no permission" : `has ${on.join(", ")}`,
    ...(off.length === 0 || on.length === 0 ? [] : [`has not ${off.join(", ")}`]),
    ...(marks.marked.has(address) ? ["marked"] : []),
    ...(doubtful ? ["unknown: an edit was sent, and no answer came"] : []),
  ].join("; ");
}

function idleWords({ flags }: Group): string {
  const idle = permissionNames.filter((name) => !permissionMatters(flags, name));
  if (idle.length === 0) return "Every permission counts in this group.";
  return `With this group's flags ${idle.join(", ")} ${idle.length === 1 ? "has" : "have"} no effect.`;
}

function membersHeading(state: State, screen: GroupScreen, shown: readonly RoutedMember[]): string {
  const roster = state.data.rosters.get(screen.gid);
  if (roster === undefined)
    return `The members are not listed yet. ${wordFor(state, "refresh")} asks the server.`;
  const { members, complete } = roster;
  const { filter } = screen.members;
  if (shown.length === 0 && filter.text !== "") {
    const words = members.map(({ address }) => address);
    const clear = "A slash alone";
    return noMatch({ filter: filter.text, of: String(members.length), words, clear });
  }
  if (members.length === 0)
    return `There are no members yet. Say ${wordFor(state, "add_members")} to add some.`;
  const cut = complete ? "" : ", or more: the list was cut";
  return `${shown.length} of ${plural(members.length, "member")}${cut}${markedWords(screen.marks)}.`;
}

function membersPage(state: State, screen: GroupScreen, group: Group): Page {
  const shown = shownMembers(state, screen);
  const here = shown[Math.min(screen.members.cursor, shown.length - 1)];
  const chosen =
    screen.marks.marked.size > 0
      ? "Changes are about the marked members."
      : `Changes are about ${here?.address ?? "nobody"}; a number chooses another member.`;
  return {
    title: `Group ${group.gid}, ${group.name}, members`,
    lines: [
      membersHeading(state, screen, shown),
      ...filterWords(screen.members),
      ...(shown.length === 0 ? [] : [idleWords(group), chosen]),
    ],
    items: shown.map((member, row) => ({ text: memberWords(state, screen, member), choice: pointAt(row) })),
  };
}

function whoWords({ flags }: Group, row: WhoRow): string {
  const { send, receive } = effective(flags, permissionsOf(row));
  const receives = receive.allowed
    ? flags.receive === "in_turn"
      ? "receives in turn"
      : "receives"
    : "does not receive";
  return `${whoName(row)}: ${send.allowed ? "may send" : "may not send"}, ${receives}`;
}

function whoPage(state: State, screen: GroupScreen, group: Group): Page {
  const about = whoName(whoRow(state, screen));
  return {
    title: `Group ${group.gid}, ${group.name}, who may do what`,
    lines: [
      audienceSentence(group.flags, audience(group.flags, membersOf(state, group.gid))),
      ...filterWords(screen.who),
      `A message of ${about}:`,
      ...reasons({ state, screen, group }).map(({ label, text }) =>
        capital(label === "" ? text : `${label} ${text}`),
      ),
      "A number chooses another sender.",
    ],
    items: shownWho(state, screen).map((row, index) => ({
      text: whoWords(group, row),
      choice: pointAt(index),
    })),
  };
}

const tabs = { overview: overviewPage, members: membersPage, who: whoPage } as const;

/** A group with the tab that is open. */
export function groupPage(state: State, screen: GroupScreen): Page {
  const group = groupOf(state, screen.gid);
  if (group !== undefined) return tabs[screen.tab](state, screen, group);
  const lines = [
    `It is not among the listed groups. ${wordFor(state, "refresh")} asks again, back leads back.`,
  ];
  return { title: `Group ${screen.gid}`, lines, items: [] };
}
