import { permissionNames } from "@mesibo-groups/core";
import { command } from "../command.ts";
import { gidArgument, readGid } from "../gid.ts";
import { listTable } from "../print.ts";
import { listMembers, memberData } from "./member-data.ts";

/** Lists the members of a group. */
export const membersList = command({
  args: [gidArgument],
  options: {},
  run: async (invocation) => {
    const gid = readGid(invocation.given.get("gid"));
    const { members, complete } = await listMembers(invocation, gid);
    if (!complete) invocation.say(`The server listed ${members.length} members; there may be more.`);
    const rows = members.map(memberData);
    return {
      data: { gid, members: rows, count: rows.length, complete },
      rows,
      text: await listTable({
        header: ["address", ...permissionNames],
        rows: members.map(({ address, permissions }) => [
          address,
          ...permissionNames.map((name) => (permissions[name] ? "yes" : "no")),
        ]),
        say: invocation.say,
      }),
    };
  },
});
