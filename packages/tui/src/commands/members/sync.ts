import { command } from "../command.ts";
import { CommandError, usage } from "../command-error.ts";
import { gidArgument, readGid } from "../gid.ts";
import { plural } from "../../text/words.ts";
import { confirmRemoval } from "./confirm-removal.ts";
import { differenceLines, differenceOf, differenceWords } from "./difference.ts";
import { editMembers, editsOf } from "./edit-members.ts";
import { listMembers } from "./member-data.ts";
import { membersReport } from "./members-report.ts";
import { wantedMembers } from "./wanted-members.ts";

/** Makes the members of a group those of a list. */
export const membersSync = command({
  args: [gidArgument, { name: "file", about: "the wanted list, as for members import; - is stdin" }],
  options: { "allow-removals": { type: "boolean", about: "remove members who are not in the list" } },
  changes: true,
  run: async (invocation) => {
    const { given, values, dryRun, confirm, say } = invocation;
    const gid = readGid(given.get("gid"));
    const list = await wantedMembers(invocation, given.get("file") ?? "-");
    const wanted = list.map(({ address, permissions }) => ({ address, permissions }));
    const { members, complete } = await listMembers(invocation, gid);
    if (!complete)
      throw new CommandError(
        "conflict",
        `Group ${gid} has more members than can be listed, so the difference is not known. Use members import and members remove.`,
      );
    const difference = differenceOf(members, wanted);
    const { add, change, remove, same } = difference;
    const facts = { add, change, remove: remove.map(({ address }) => address), same };
    if (dryRun) {
      return {
        data: { dry_run: true, would: { op: "groupeditmembers", gid, ...facts } },
        text: [...differenceLines(difference), differenceWords(difference)],
      };
    }
    for (const line of [...differenceLines(difference), differenceWords(difference)]) say(line);
    const leaving = remove.map(({ address }) => address);
    if (leaving.length > 0 && values["allow-removals"] !== true)
      throw usage(
        `members sync would remove ${plural(leaving.length, "member")} of ${gid}. Add --allow-removals to do it, or use members import. Nothing was changed.`,
      );
    confirmRemoval({ gid, confirm, danger: (await invocation.connection()).danger }, leaving, members);
    const removal = leaving.length === 0 ? [] : [{ addresses: leaving }];
    // Removals come last, so that the group is never empty in between.
    const report = await editMembers(invocation, gid, [...editsOf([...add, ...change]), ...removal]);
    return membersReport({ gid, report, did: "synced" }, { difference: facts });
  },
});
