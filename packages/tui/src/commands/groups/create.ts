import { encodeFlags, normalFlags } from "@mesibo-groups/core";
import { command } from "../command.ts";
import { usage } from "../command-error.ts";
import { checkConflicts, readFlagWish } from "../flags/flag-options.ts";
import { readSettings, settingOptions } from "./settings.ts";

/** Makes a group. */
export const groupsCreate = command({
  name: "groups create",
  about: "make a group; running it twice makes two groups",
  args: [{ name: "name", about: "the group's name" }],
  options: {
    ...settingOptions,
    member: {
      type: "string",
      multiple: true,
      value: "address",
      about: "a member with all five permissions; repeatable",
    },
  },
  changes: true,
  run: async ({ given, values, dryRun, signal, connection }) => {
    const name = given.get("name") ?? "";
    if (name.trim() === "")
      throw usage("name must not be empty: a group without a name cannot be told from others.");
    const flags = readFlagWish(values).from(normalFlags);
    const keepConflicts = values["keep-conflicts"] === true;
    checkConflicts(flags, keepConflicts);
    const facts = { name, flag: encodeFlags(flags), members: values.member ?? [] };
    const shown = `${name}, flag ${facts.flag}`;
    if (dryRun)
      return {
        data: { dry_run: true, would: { op: "groupadd", ...facts } },
        text: [`would create ${shown}`],
      };
    const { gid } = await (
      await connection()
    ).client.groups.create(
      { name, flags, members: values.member, ...readSettings(values) },
      { signal, keepConflicts },
    );
    return { data: { gid, ...facts }, text: [`created ${gid} ${shown}`] };
  },
});
