import { allPermissions, encodeFlags, normalFlags, type Address, type Gid } from "@mesibo-groups/core";
import { command, type Context } from "../command.ts";
import { usage } from "../command-error.ts";
import { checkConflicts, readFlagWish } from "../flags/flag-options.ts";
import { idempotencyKeyOf, idempotencyOption } from "../idempotency.ts";
import { readAddresses } from "../members/addresses.ts";
import { editMembers, withKey } from "../members/edit-members.ts";
import { membersReport } from "../members/members-report.ts";
import type { Report } from "../report.ts";
import { readSettings, settingOptions } from "./settings.ts";

/** Adds the members of a group that a gateway made, and tells of those who were not added. */
async function withMembers(
  context: Context,
  {
    gid,
    members,
    key,
  }: { readonly gid: Gid; readonly members: readonly Address[]; readonly key?: string | undefined },
  made: Report,
): Promise<Report> {
  const edits = withKey([{ addresses: members, permissions: allPermissions }], key);
  const report = await editMembers(context, gid, edits);
  const { data, text, error } = membersReport({ gid, report, did: "added" });
  if (error === undefined) return made;
  // The group is there, so nothing of it was refused as a whole.
  const exit = report.unknown.length > 0 ? "unknown" : "partial";
  return { data: { ...made.data, ...data }, text: [...made.text, ...text], error, exit };
}

/** Makes a group. */
export const groupsCreate = command({
  args: [{ name: "name", about: "the group's name" }],
  options: {
    ...settingOptions,
    ...idempotencyOption,
    member: {
      type: "string",
      multiple: true,
      value: "address",
      about: "a member with all five permissions; repeatable",
    },
  },
  changes: true,
  run: async (invocation) => {
    const { given, values, dryRun, signal, connection } = invocation;
    const name = given.get("name") ?? "";
    if (name.trim() === "")
      throw usage("name must not be empty: a group without a name cannot be told from others.");
    const flags = readFlagWish(values).from(normalFlags);
    const keepConflicts = values["keep-conflicts"] === true;
    checkConflicts(flags, keepConflicts);
    const members = readAddresses(values.member ?? []);
    const facts = { name, flag: encodeFlags(flags), members };
    const shown = `${name}, flag ${facts.flag}`;
    if (dryRun)
      return {
        data: { dry_run: true, would: { op: "groupadd", ...facts } },
        text: [`would create ${shown}`],
      };
    const opened = await connection();
    const { kind, client } = opened;
    // A gateway makes groups without members: each of them is a change with an outcome of its own.
    const later = kind === "gateway" && members.length > 0;
    const key = idempotencyKeyOf(values, opened);
    const { gid } = await client.groups.create(
      { name, flags, ...(later || members.length === 0 ? {} : { members }), ...readSettings(values) },
      { signal, keepConflicts, idempotencyKey: key },
    );
    const made = { data: { gid, ...facts }, text: [`created ${gid} ${shown}`] };
    return later ? withMembers(invocation, { gid, members, key }, made) : made;
  },
});
