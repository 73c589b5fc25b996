import {
  type Gid,
  type Member,
  type PermissionName,
  type Permissions,
  type RoutedMember,
} from "@mesibo-groups/core";
import { listed, plural } from "../../text/words.ts";
import { MAX_PLAIN_REMOVAL } from "../bulk-job.ts";
import type { Effect, MembersEffect } from "../effects.ts";
import { withRoster } from "../joined.ts";
import { cursorIn, filtered, moved, remembered } from "../list.ts";
import { membersOf, type Data, type State } from "../model.ts";
import type { GroupScreen } from "../screen.ts";
import { memberOrders, sorted } from "../sort.ts";
import { step, withDialog, withScreen, type Step } from "../step.ts";
import { textField } from "../text-field.ts";
import { byPermissions } from "../undo.ts";
import type { Handler } from "./handler.ts";

const addressOf = ({ address }: Member): string => address;

const shownOf = remembered((members: readonly RoutedMember[], list) =>
  sorted(filtered(members, list, addressOf), list, memberOrders),
);

/** The members that match the filter of the members tab. */
export const shownMembers = (state: State, screen: GroupScreen): readonly RoutedMember[] =>
  shownOf(membersOf(state, screen.gid), screen.members);

/** The marked members, or the one under the cursor. */
export function targets(state: State, screen: GroupScreen): readonly Member[] {
  if (screen.marked.size > 0)
    return membersOf(state, screen.gid).filter(({ address }) => screen.marked.has(address));
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

const onGroup =
  (act: (state: State, screen: GroupScreen) => State): Handler =>
  (state) =>
    step(state.screen.kind === "group" ? act(state, state.screen) : state);

/** The state with the rows between the start of a range and the cursor marked, where there is a range. */
export function withRange(state: State, screen: GroupScreen): State {
  const { range, members } = screen;
  if (range === undefined) return withScreen(state, screen);
  const shown = shownMembers(state, screen);
  const at = cursorIn(members, shown.length);
  const between = shown.slice(Math.min(range.from, at), Math.max(range.from, at) + 1).map(addressOf);
  return withScreen(state, { ...screen, marked: new Set([...range.before, ...between]) });
}

/** The state with the row under the cursor and the next one marked, and the cursor there. */
function markedOver(state: State, screen: GroupScreen, by: 1 | -1): State {
  const shown = shownMembers(state, screen);
  const from = cursorIn(screen.members, shown.length);
  const to = Math.max(0, Math.min(from + by, shown.length - 1));
  const over = [shown[from], shown[to]].flatMap((member) => (member === undefined ? [] : [member.address]));
  const marked = new Set([...screen.marked, ...over]);
  return withScreen(state, {
    ...screen,
    range: undefined,
    marked,
    members: { ...screen.members, cursor: to },
  });
}

/** Actions on members. */
export const memberActions = {
  toggle_send: toggle("send"),
  toggle_receive: toggle("receive"),
  toggle_publish: toggle("publish"),
  toggle_subscribe: toggle("subscribe"),
  toggle_list: toggle("list"),
  mark: onGroup((state, screen) => {
    const shown = shownMembers(state, screen);
    const cursor = cursorIn(screen.members, shown.length);
    const address = shown[cursor]?.address;
    if (address === undefined) return state;
    const marked = new Set(screen.marked);
    if (!marked.delete(address)) marked.add(address);
    const next = moved({ motion: "down", cursor, count: shown.length, page: 1 });
    return withScreen(state, {
      ...screen,
      range: undefined,
      marked,
      members: { ...screen.members, cursor: next },
    });
  }),
  mark_range: onGroup((state, screen) => {
    const { range, members, marked } = screen;
    const shown = shownMembers(state, screen);
    const from = cursorIn(members, shown.length);
    return range === undefined
      ? withRange(state, { ...screen, range: { from, before: marked } })
      : withScreen(state, { ...screen, range: undefined });
  }),
  mark_down: onGroup((state, screen) => markedOver(state, screen, 1)),
  mark_up: onGroup((state, screen) => markedOver(state, screen, -1)),
  mark_all: onGroup((state, screen) =>
    withScreen(state, {
      ...screen,
      range: undefined,
      marked: new Set([...screen.marked, ...shownMembers(state, screen).map(addressOf)]),
    }),
  ),
  clear_marks: onGroup((state, screen) =>
    withScreen(state, { ...screen, range: undefined, marked: new Set() }),
  ),
  remove_members: onGroup((state, screen) =>
    targets(state, screen).length === 0 ? state : removeDialog(state, screen),
  ),
} as const satisfies Record<string, Handler>;
