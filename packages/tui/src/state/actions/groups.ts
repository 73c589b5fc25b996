import type { Gid, Group } from "@mesibo-groups/core";
import { emptyForm } from "../form.ts";
import { cursorIn, emptyList, filtered } from "../list.ts";
import { noMarks } from "../marks.ts";
import { groupOf, type State } from "../model.ts";
import type { GroupScreen, GroupsScreen, Tab } from "../screen.ts";
import { groupOrders, sorted } from "../sort.ts";
import { pushed, step, withDialog } from "../step.ts";
import { deleteDialog } from "./delete-groups.ts";
import type { Handler } from "./handler.ts";
import { openRequest } from "./mock.ts";

const noGroups: readonly Group[] = [];

/** What names a group. */
export const gidOf = ({ gid }: Group): Gid => gid;

/** The groups that match the filter of the list in front. */
export function shownGroups(state: State): readonly Group[] {
  const { screen, data } = state;
  if (screen.kind !== "groups") return noGroups;
  const { list } = screen;
  const shown = filtered(data.groups?.groups ?? noGroups, list, ({ gid, name }) => `${gid} ${name}`);
  return sorted(shown, list, groupOrders(state));
}

/** The group under the cursor, or the one that is open. */
export function groupInFocus(state: State): Group | undefined {
  const { screen } = state;
  if (screen.kind === "group") return groupOf(state, screen.gid);
  if (screen.kind !== "groups") return undefined;
  const groups = shownGroups(state);
  return groups[cursorIn(screen.list, groups.length)];
}

/** The marked groups, in the order of the list. */
export const markedGroups = (state: State, { list, marks }: GroupsScreen): readonly Group[] =>
  sorted(
    (state.data.groups?.groups ?? noGroups).filter(({ gid }) => marks.marked.has(gid)),
    list,
    groupOrders(state),
  );

/** The marked groups, or the one in focus. */
export function chosenGroups(state: State): readonly Group[] {
  const { screen } = state;
  if (screen.kind === "groups" && screen.marks.marked.size > 0) return markedGroups(state, screen);
  const group = groupInFocus(state);
  return group === undefined ? noGroups : [group];
}

/** A group's screen as it opens. */
export const groupScreen = (gid: Gid, tab: Tab): GroupScreen => ({
  kind: "group",
  gid,
  tab,
  form: emptyForm("send"),
  members: emptyList,
  marks: noMarks,
  who: emptyList,
  turn: -1,
});

/** Actions on groups. */
export const groupActions = {
  open: (state) => {
    if (state.screen.kind === "mock") return openRequest(state, state.screen.format);
    if (state.screen.kind === "requests") return step({ ...state, screen: { ...state.screen, open: 0 } });
    const group = groupInFocus(state);
    if (group === undefined) return step(state);
    return step(pushed(state, groupScreen(group.gid, "overview")), {
      kind: "list_members",
      gids: [group.gid],
    });
  },
  new_group: (state) => step(pushed(state, { kind: "create", form: emptyForm("name"), sending: false })),
  delete_group: (state) => step(withDialog(state, deleteDialog(state, chosenGroups(state)))),
} as const satisfies Record<string, Handler>;
