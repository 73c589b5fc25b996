import type { Address, Member, MembersReport } from "@mesibo-groups/core";
import { command } from "../command.ts";
import { gidArgument, readGid } from "../gid.ts";
import { plural } from "../../text/words.ts";
import { editMembers, editsOf } from "./edit-members.ts";
import { permissionWords } from "./member-data.ts";
import { membersReport } from "./members-report.ts";
import { memberListLines } from "./write-list.ts";
import { wantedMembers } from "./wanted-members.ts";

/** Who has to be tried again, with the permissions that were asked for. */
function leftOver(wanted: readonly Member[], { done }: MembersReport): readonly Member[] {
  const made = new Set<Address>(done);
  return wanted.filter(({ address }) => !made.has(address));
}

/** Adds the members of a list, and removes none. */
export const membersImport = command({
  args: [
    gidArgument,
    {
      name: "file",
      about: "addresses, one a line, or CSV (address,send,receive,publish,subscribe,list); - is stdin",
    },
  ],
  options: {
    "retry-failures": {
      type: "string",
      value: "file",
      about: "write who was not added to this file, as a list to import again",
    },
  },
  changes: true,
  run: async (invocation) => {
    const { given, values, dryRun, say, write } = invocation;
    const gid = readGid(given.get("gid"));
    const wanted = await wantedMembers(invocation, given.get("file") ?? "-");
    const edits = editsOf(wanted);
    if (dryRun) {
      return {
        data: { dry_run: true, would: { op: "groupeditmembers", gid, members: wanted, remove: false } },
        text: wanted.map(
          ({ address, permissions }) => `would add ${address}: ${permissionWords(permissions)}`,
        ),
      };
    }
    const report = await editMembers(invocation, gid, edits);
    const file = values["retry-failures"];
    if (file !== undefined) {
      const left = leftOver(wanted, report);
      await write(file, `${memberListLines(left).join("\n")}\n`);
      say(`Wrote ${plural(left.length, "member")} to ${file}.`);
    }
    return membersReport({ gid, report, did: "imported" });
  },
});
