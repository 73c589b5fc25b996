import type { Address, Gid, Member, PermissionName, Permissions, RoutedMember } from "@mesibo-groups/core";
import { listed, plural } from "../../text/words.ts";
import { MAX_PLAIN_REMOVAL } from "../bulk-job.ts";
import type { Effect, MembersEffect } from "../effects.ts";
import { withRoster } from "../joined.ts";
import { cursorIn, filtered, remembered } from "../list.ts";
import { membersOf, type Data, type State } from "../model.ts";
import type { GroupScreen } from "../screen.ts";
import { memberOrders, sorted } from "../sort.ts";
import { step, withDialog, type Step } from "../step.ts";
import { textField } from "../text-field.ts";
import { byPermissions } from "../undo.ts";
import type { Handler } from "./handler.ts";

/** What names a member. */
export const addressOf = ({ address }: Member): Address => address;

const shownOf = remembered((members: readonly RoutedMember[], list) =>
  sorted(filtered(members, list, addressOf), list, memberOrders),
);

/** The members that match the filter of the members tab. */
export const shownMembers = (state: State, screen: GroupScreen): readonly RoutedMember[] =>
  shownOf(membersOf(state, screen.gid), screen.members);

/** The marked members, in the order of the list. */
export const markedMembers = (state: State, { gid, members, marks }: GroupScreen): readonly RoutedMember[] =>
  sorted(
    membersOf(state, gid).filter(({ address }) => marks.marked.has(address)),
    members,
    memberOrders,
  );

/** The marked members, or the one under the cursor. */
function targets(state: State, screen: GroupScreen): readonly Member[] {
  if (screen.marks.marked.size > 0) return markedMembers(state, screen);
  const shown = shownMembers(state, screen);
  const member = shown[cursorIn(screen.members, shown.length)];
  return member === undefined ? [] : [member];
}

/** The data with the members of a group changed. */
export function withMembers(
  data: Data,
  gid: Gid,
  change: (members: readonly RoutedMember[]) => readonly RoutedMember[],
): Data {
  return withRoster(data, gid, (roster) => ({ ...roster, members: change(roster.members) }));
}

/** The data with a change of permissions shown before its answer; a refusal brings back what the server has. */
export function shownAhead(data: Data, effect: Effect): Data {
  if (effect.kind !== "set_permissions") return data;
  const { gid, addresses, permissions } = effect;
  const chosen = new Set(addresses);
  return withMembers(data, gid, (all) =>
    all.map((member) => (chosen.has(member.address) ? { ...member, permissions } : member)),
  );
}

function toggleMembers(state: State, screen: GroupScreen, name: PermissionName): Step {
  const members = targets(state, screen);
  if (members.length === 0) return step(state);
  const on = !members.every(({ permissions }) => permissions[name]);
  const change = (permissions: Permissions): Permissions => ({ ...permissions, [name]: on });
  const effects = byPermissions(members, ({ permissions }) => change(permissions)).map(
    ({ permissions, members: before }): MembersEffect => ({
      kind: "set_permissions",
      gid: screen.gid,
      addresses: before.map(addressOf),
      permissions,
      before,
    }),
  );
  const data = effects.reduce(shownAhead, state.data);
  return step({ ...state, data, notice: undefined, editing: [...state.editing, ...effects] }, ...effects);
}

const toggle =
  (name: PermissionName): Handler =>
  (state) => {
    const { dialog, screen } = state;
    if (dialog?.kind === "bulk") {
      const permissions = { ...dialog.permissions, [name]: !dialog.permissions[name] };
      return step(withDialog(state, { ...dialog, permissions }));
    }
    return screen.kind === "group" ? toggleMembers(state, screen, name) : step(state);
  };

function removeDialog(state: State, screen: GroupScreen): State {
  const chosen = targets(state, screen).map(addressOf);
  const all = membersOf(state, screen.gid).length;
  const severe = chosen.length > MAX_PLAIN_REMOVAL || (chosen.length === all && all > 1);
  return withDialog(state, {
    kind: "confirm",
    title: `Remove ${plural(chosen.length, "member")} from group ${screen.gid}?`,
    lines: [
      `${listed(chosen, 4)} will no longer be in the group.`,
      "Adding them again does not bring their permissions back.",
    ],
    verb: chosen.length === 1 ? "remove it" : "remove them",
    phrase: severe ? String(screen.gid) : undefined,
    typed: textField(),
    effects: [{ kind: "remove_members", gid: screen.gid, addresses: chosen }],
  });
}

/** Actions on members. */
export const memberActions = {
  toggle_send: toggle("send"),
  toggle_receive: toggle("receive"),
  toggle_publish: toggle("publish"),
  toggle_subscribe: toggle("subscribe"),
  toggle_list: toggle("list"),
  remove_members: (state) => {
    const { screen } = state;
    const isThere = screen.kind === "group" && targets(state, screen).length > 0;
    return step(isThere ? removeDialog(state, screen) : state);
  },
} as const satisfies Record<string, Handler>;
