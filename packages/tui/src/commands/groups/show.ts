import { describeFlags, checkFlags } from "@mesibo-groups/core";
import { command } from "../command.ts";
import { gidArgument, readGid } from "../gid.ts";
import { table } from "../print.ts";
import { findGroup, groupData, groupRows } from "./group-data.ts";

/** Shows one group. */
export const groupsShow = command({
  args: [gidArgument],
  options: {},
  run: async (invocation) => {
    const group = await findGroup(invocation, readGid(invocation.given.get("gid")));
    const [first = [], ...others] = groupRows(group);
    const issues = checkFlags(group.flags);
    return {
      data: { ...groupData(group), description: describeFlags(group.flags), issues },
      text: [...(await table(first, others)), ...issues.map(({ kind, message }) => `${kind}: ${message}`)],
    };
  },
});
