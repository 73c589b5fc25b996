import type { CallRecord, RoutedMember } from "@mesibo-groups/core";
import { shownGroups } from "./actions/groups.ts";
import { withRange } from "./actions/marks.ts";
import { shownMembers } from "./actions/members.ts";
import { profileRows } from "./first-run.ts";
import { jobRows } from "./job-rows.ts";
import { cursorIn, filtered, remembered, type ListState } from "./list.ts";
import { withoutRange, type Marks } from "./marks.ts";
import { mockRows } from "./mock.ts";
import { groupOrders, memberOrders } from "./sort.ts";
import { membersOf, type State } from "./model.ts";
import type { GroupScreen, RequestsScreen } from "./screen.ts";
import { withScreen } from "./step.ts";

/** Stands for everybody who is no member, in the list of who may do what. */
export const NON_MEMBER = "non_member";

/** One row of the list of who may do what. */
export type WhoRow = RoutedMember | typeof NON_MEMBER;

const whoOf = remembered((members: readonly RoutedMember[], list): readonly WhoRow[] => [
  ...filtered(members, list, ({ address }) => address),
  NON_MEMBER,
]);

/** The members that match the filter, and behind them everybody else. */
export const shownWho = (state: State, screen: GroupScreen): readonly WhoRow[] =>
  whoOf(membersOf(state, screen.gid), screen.who);

/** The calls of a requests screen, newest first. */
export function shownCalls({ calls }: State, { gid, list }: RequestsScreen): readonly CallRecord[] {
  const matching = filtered(
    calls,
    list,
    ({ op, outcome, body, answer = "" }) => `${op} ${outcome.replace("_", " ")} ${body} ${answer}`,
  );
  if (gid === undefined) return matching;
  const about = new RegExp(String.raw`\bgid"?[:=]"?${gid}\b`);
  return matching.filter(({ body, answer = "" }) => about.test(body) || about.test(answer));
}

/** The call under the cursor, or the open one. */
export function callInFocus(state: State): CallRecord | undefined {
  const { screen } = state;
  if (screen.kind !== "requests") return undefined;
  const calls = shownCalls(state, screen);
  return calls[cursorIn(screen.list, calls.length)];
}

/** The marks of a list behind a change of it: other rows, or the same in another order, are another range. */
const marksAfter = <Key>(marks: Marks<Key>, before: ListState, after: ListState): Marks<Key> =>
  before.filter === after.filter && before.sort === after.sort ? marks : withoutRange(marks);

/** The list in front: its state, how many rows it has, and how to put it back. */
export interface OpenList {
  readonly list: ListState;
  readonly count: number;
  /** The names of the orders that it can have. */
  readonly orders: readonly string[];
  readonly withList: (list: ListState) => State;
}

/** The list in front, or undefined where there is none. */
export function openList(state: State): OpenList | undefined {
  const { screen } = state;
  if (screen.kind === "groups") {
    const withList = (list: ListState): State => {
      const marks = marksAfter(screen.marks, screen.list, list);
      return withRange(withScreen(state, { ...screen, list, marks }));
    };
    return {
      list: screen.list,
      count: shownGroups(state).length,
      orders: Object.keys(groupOrders(state)),
      withList,
    };
  }
  if (screen.kind === "requests") {
    const withList = (list: ListState): State => ({ ...state, screen: { ...screen, list } });
    return { list: screen.list, count: shownCalls(state, screen).length, orders: [], withList };
  }
  if (screen.kind === "profiles") {
    const withList = (list: ListState): State => ({ ...state, screen: { ...screen, list } });
    return { list: screen.list, count: profileRows(screen), orders: [], withList };
  }
  if (screen.kind === "jobs") {
    const withList = (list: ListState): State => ({ ...state, screen: { ...screen, list } });
    return { list: screen.list, count: jobRows(state).length, orders: [], withList };
  }
  if (screen.kind === "mock") {
    const { tab, lists } = screen;
    if (tab === "clock") return undefined;
    const withList = (list: ListState): State => ({
      ...state,
      screen: { ...screen, lists: { ...lists, [tab]: list } },
    });
    return { list: lists[tab], count: mockRows(state, screen, tab), orders: [], withList };
  }
  if (screen.kind !== "group" || screen.tab === "overview") return undefined;
  const { tab } = screen;
  const count = tab === "members" ? shownMembers(state, screen).length : shownWho(state, screen).length;
  // Another sender begins with another turn: the simulator starts anew.
  const withList = (list: ListState): State => {
    if (tab === "who") return { ...state, screen: { ...screen, who: list, turn: -1 } };
    const marks = marksAfter(screen.marks, screen.members, list);
    return withRange(withScreen(state, { ...screen, members: list, marks }));
  };
  const orders = tab === "members" ? Object.keys(memberOrders) : [];
  return { list: screen[tab], count, orders, withList };
}
