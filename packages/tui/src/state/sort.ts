import type { Group, RoutedMember } from "@mesibo-groups/core";
import type { ListState, Sort } from "./list.ts";
import { membersOf, type State } from "./model.ts";

type Orders<Row> = Readonly<Record<string, (a: Row, b: Row) => number>>;

/** The orders of the list of groups, in turn; without one it is as the server lists them. */
export const groupOrders = (state: State): Orders<Group> => ({
  name: (a, b) => a.name.localeCompare(b.name) || a.gid - b.gid,
  gid: (a, b) => a.gid - b.gid,
  members: (a, b) => membersOf(state, a.gid).length - membersOf(state, b.gid).length,
  expires: (a, b) => a.expiry - b.expiry,
});

/** The orders of a group's members, in turn; without one it is the order of joining. */
export const memberOrders: Orders<RoutedMember> = {
  address: (a, b) => (a.address < b.address ? -1 : 1),
};

/** The order after this one; behind the last comes none. */
export function nextSort(names: readonly string[], sort: Sort | undefined): Sort | undefined {
  const by = names[sort === undefined ? 0 : names.indexOf(sort.by) + 1];
  return by === undefined ? undefined : { by, reversed: false };
}

/** The rows in the order of a list. */
export function sorted<Row>(rows: readonly Row[], { sort }: ListState, orders: Orders<Row>): readonly Row[] {
  const order = sort === undefined ? undefined : orders[sort.by];
  if (order === undefined) return rows;
  const ascending = rows.toSorted(order);
  return sort?.reversed === true ? ascending.toReversed() : ascending;
}
