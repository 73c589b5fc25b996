import { permissionNames, type Gid, type Member, type Permissions } from "@mesibo-groups/core";
import type { Context } from "../command.ts";

export { memberData } from "../../list-data.ts";

/** Permissions as words: `send receive`, or `none`. */
export const permissionWords = (permissions: Permissions): string =>
  permissionNames.filter((name) => permissions[name]).join(" ") || "none";

/** Whether two members may do the same. */
export const samePermissions = (a: Permissions, b: Permissions): boolean =>
  permissionNames.every((name) => a[name] === b[name]);

/** Every member that the server lists. mesibo's v1 lists 20 at most and does not tell how many there are. */
export async function listMembers({ connection, signal }: Pick<Context, "connection" | "signal">, gid: Gid) {
  const { client, maxMembers } = await connection();
  const members = await client.members.list({ gid, count: maxMembers }, { signal });
  return { members, complete: members.length < maxMembers };
}

/** Members by address. */
export const byAddress = <M extends Member>(members: readonly M[]): ReadonlyMap<string, M> =>
  new Map(members.map((member) => [member.address, member]));
