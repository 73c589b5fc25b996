import { encodeFlags } from "@mesibo-groups/core";
import { command } from "../command.ts";
import { CommandError, usage } from "../command-error.ts";
import { gidArgument, readGid } from "../gid.ts";
import { editMembers, editsOf, withKey } from "../members/edit-members.ts";
import { listMembers, memberData } from "../members/member-data.ts";
import { membersReport } from "../members/members-report.ts";
import { plural } from "../../text/words.ts";
import { findGroup } from "./group-data.ts";
import { idempotencyOption, idempotencyKeyOf } from "../idempotency.ts";

/** Makes a group like another one. */
export const groupsClone = command({
  args: [gidArgument, { name: "name", about: "the new group's name" }],
  options: { ...idempotencyOption },
  changes: true,
  run: async (invocation) => {
    const { given, values, dryRun, signal } = invocation;
    const gid = readGid(given.get("gid"));
    const name = given.get("name") ?? "";
    if (name.trim() === "")
      throw usage("name must not be empty: a group without a name cannot be told from others.");
    const { flags, expiryext, active } = await findGroup(invocation, gid);
    const { members, complete } = await listMembers(invocation, gid);
    if (!complete)
      throw new CommandError(
        "conflict",
        `Group ${gid} has more members than can be listed, so its copy would not have them all. Use members import.`,
      );
    const facts = { from: gid, name, flag: encodeFlags(flags), members: members.map(memberData) };
    const shown = `${name} like ${gid}, flag ${facts.flag}, ${plural(members.length, "member")}`;
    if (dryRun)
      return {
        data: { dry_run: true, would: { op: "groupadd", ...facts } },
        text: [`would create ${shown}`],
      };
    const connection = await invocation.connection();
    const key = idempotencyKeyOf(values, connection);
    const made = await connection.client.groups.create(
      { name, flags, expiryext, active },
      // As it is there already, it is written as it is.
      { signal, keepConflicts: true, idempotencyKey: key },
    );
    const report = await editMembers(invocation, made.gid, withKey(editsOf(members), key));
    const { data, text, error } = membersReport({ gid: made.gid, report, did: "added" });
    const done = { data: { ...facts, ...data }, text: [`created ${made.gid} ${shown}`, ...text] };
    if (error === undefined) return done;
    // The group is there, so nothing of it was refused as a whole.
    return { ...done, error, exit: report.unknown.length > 0 ? "unknown" : "partial" };
  },
});
