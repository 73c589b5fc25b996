import type { Gid, Group } from "@mesibo-groups/core";
import { plural } from "../../text/words.ts";
import { emptyForm } from "../form.ts";
import { cursorIn, emptyList, filtered } from "../list.ts";
import { groupOf, membersOf, type State } from "../model.ts";
import type { ConfirmDialog } from "../dialogs.ts";
import type { GroupScreen, Tab } from "../screen.ts";
import { groupOrders, sorted } from "../sort.ts";
import { pushed, step, withDialog } from "../step.ts";
import { textField } from "../text-field.ts";
import type { Handler } from "./handler.ts";
import { openRequest } from "./mock.ts";

const noGroups: readonly Group[] = [];

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

/** A group's screen as it opens. */
export const groupScreen = (gid: Gid, tab: Tab): GroupScreen => ({
  kind: "group",
  gid,
  tab,
  form: emptyForm("send"),
  members: emptyList,
  marked: new Set(),
  who: emptyList,
  turn: -1,
});

function deleteDialog(state: State, { gid, name }: Group): ConfirmDialog {
  const members = plural(membersOf(state, gid).length, "membership");
  return {
    kind: "confirm",
    title: `Delete group ${gid}?`,
    lines: [
      `${name === "" ? "The group without a name" : name} and its ${members} will be gone. There is no undo.`,
      "A group made anew gets another gid.",
    ],
    verb: "delete it",
    phrase: String(gid),
    typed: textField(),
    effects: [{ kind: "delete_group", gid }],
  };
}

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
  delete_group: (state) => {
    const group = groupInFocus(state);
    return step(group === undefined ? state : withDialog(state, deleteDialog(state, group)));
  },
} as const satisfies Record<string, Handler>;
