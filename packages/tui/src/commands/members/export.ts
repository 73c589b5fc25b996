import { command } from "../command.ts";
import { gidArgument, readGid } from "../gid.ts";
import { listMembers, memberData } from "./member-data.ts";
import { memberListLines } from "./write-list.ts";

/** Prints the members of a group as a list to import. */
export const membersExport = command({
  name: "members export",
  about: "print the members as CSV that members import and members sync read",
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
      text: memberListLines(members),
    };
  },
});
