import type { Gid, Member, RoutedMember } from "@mesibo-groups/core";
import type { Data, Roster } from "./model.ts";

/** The members after addresses joined or changed; new ones come last, as on the server. */
export function joined(
  members: readonly RoutedMember[],
  changed: readonly Member[],
): readonly RoutedMember[] {
  const left = new Map(changed.map((member) => [member.address, member]));
  const kept = members.map((member) => {
    const change = left.get(member.address);
    left.delete(member.address);
    return change === undefined ? member : { ...member, permissions: change.permissions };
  });
  return [...kept, ...left.values()];
}

/** The data with the roster of a group changed, where there is one. */
export function withRoster(data: Data, gid: Gid, change: (roster: Roster) => Roster): Data {
  const roster = data.rosters.get(gid);
  return roster === undefined ? data : { ...data, rosters: new Map(data.rosters).set(gid, change(roster)) };
}
