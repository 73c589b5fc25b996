import { describeFlags, formatFlags, type Gid, type Group } from "@mesibo-groups/core";
import { CommandError } from "../command-error.ts";
import type { Context } from "../command.ts";
import { MAX_GROUPS } from "../../limits.ts";

export { groupData } from "../../list-data.ts";

/** A flag as people write it, twice: `17 0x11`. */
export const flagText = ({ flags }: Pick<Group, "flags">): string =>
  `${formatFlags(flags, "decimal")} ${formatFlags(flags, "hex")}`;

/** A group as lines, each with a name and a value. */
export const groupRows = (group: Group): readonly (readonly string[])[] => [
  ["gid", String(group.gid)],
  ["name", group.name],
  ["flag", `${flagText(group)} ${formatFlags(group.flags, "names")}`],
  ["", describeFlags(group.flags)],
  ["expiry", `${group.expiry} s`],
  ["expiryext", `${group.expiryext} s`],
  ["active", group.active ? "yes" : "no"],
  ["pinned", group.pinned ? "yes" : "no"],
];

/** Every group that the server lists. */
export async function listGroups({ connection, signal }: Pick<Context, "connection" | "signal">) {
  const { groups, groupscount } = await (
    await connection()
  ).client.groups.list({ count: MAX_GROUPS }, { signal });
  return { groups, total: groupscount, complete: groups.length >= groupscount };
}

/** One group. mesibo has no operation for it, so the list is asked. Throws a `CommandError` where it is not there. */
export async function findGroup(context: Pick<Context, "connection" | "signal">, gid: Gid): Promise<Group> {
  const { groups, total, complete } = await listGroups(context);
  const found = groups.find((group) => group.gid === gid);
  if (found !== undefined) return found;
  const where = complete
    ? `This app has no group ${gid}`
    : `Group ${gid} is not among the first ${groups.length} of ${total}`;
  throw new CommandError("not_found", `${where}. See groups list.`);
}
