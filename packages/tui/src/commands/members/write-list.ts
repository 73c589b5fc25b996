import { permissionNames, type Member } from "@mesibo-groups/core";
import { listHeader } from "./read-list.ts";

/** Writes a member list as CSV that `readMemberList` reads. */
export const memberListLines = (members: readonly Member[]): readonly string[] => [
  listHeader,
  ...members.map(({ address, permissions }) =>
    [address, ...permissionNames.map((name) => (permissions[name] ? "1" : "0"))].join(","),
  ),
];
