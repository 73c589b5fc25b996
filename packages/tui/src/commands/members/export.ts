import type { Member } from "@mesibo-groups/core";
import { membersCsv } from "../../bulk/report.ts";
import { command } from "../command.ts";
import { usage } from "../command-error.ts";
import { sanitize } from "../../text/sanitize.ts";
import { gidArgument, readGid } from "../gid.ts";
import { listMembers, memberData } from "./member-data.ts";

// What is printed is made safe for a terminal first, and would not be the same address any more.
function checkPrintable(members: readonly Member[]): void {
  const hidden = members.find(({ address }) => sanitize(address) !== address);
  if (hidden === undefined) return;
  throw usage(
    `The address ${sanitize(hidden.address)} has hidden characters that CSV on a terminal cannot show. Use members export --json.`,
  );
}

/** Prints the members of a group as a list to import. */
export const membersExport = command({
  args: [gidArgument],
  options: {},
  run: async (invocation) => {
    const gid = readGid(invocation.given.get("gid"));
    const { members, complete } = await listMembers(invocation, gid);
    if (!complete) invocation.say(`The server listed ${members.length} members; there may be more.`);
    if (!invocation.json && !invocation.ndjson) checkPrintable(members);
    const rows = members.map(memberData);
    return {
      data: { gid, members: rows, count: rows.length, complete },
      rows,
      text: membersCsv(members).trimEnd().split("\n"),
    };
  },
});
