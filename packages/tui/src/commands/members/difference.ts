import type { Member } from "@mesibo-groups/core";
import { byAddress, permissionWords, samePermissions } from "./member-data.ts";

/** What has to be done to make one member list another. */
export interface Difference {
  readonly add: readonly Member[];
  readonly change: readonly Member[];
  readonly remove: readonly Member[];
  readonly same: number;
}

/** What differs between the members of a group and those that are wanted. */
export function differenceOf(present: readonly Member[], wanted: readonly Member[]): Difference {
  const there = byAddress(present);
  const kept = byAddress(wanted);
  const change = wanted.filter(({ address, permissions }) => {
    const member = there.get(address);
    return member !== undefined && !samePermissions(member.permissions, permissions);
  });
  const add = wanted.filter(({ address }) => !there.has(address));
  return {
    add,
    change,
    remove: present.filter(({ address }) => !kept.has(address)),
    same: wanted.length - add.length - change.length,
  };
}

/** Removals first: they are what is looked for. */
export const differenceLines = ({ add, change, remove }: Difference, indent = ""): readonly string[] =>
  [
    ...remove.map(({ address }) => `- ${address}`),
    ...change.map(({ address, permissions }) => `~ ${address}: ${permissionWords(permissions)}`),
    ...add.map(({ address, permissions }) => `+ ${address}: ${permissionWords(permissions)}`),
  ].map((line) => `${indent}${line}`);

/** `2 to add, 1 to change, 0 to remove, 5 as wanted` */
export const differenceWords = ({ add, change, remove, same }: Difference): string =>
  `${add.length} to add, ${change.length} to change, ${remove.length} to remove, ${same} as wanted`;
