import { encodeFlags, type Group } from "@mesibo-groups/core";
import { command } from "../command.ts";
import { CommandError, usage } from "../command-error.ts";
import { checkConflicts, readFlagWish } from "../flags/flag-options.ts";
import { readFlag } from "../flags/flag-data.ts";
import { gidArgument, readGid } from "../gid.ts";
import { idempotencyKeyOf, idempotencyOption } from "../idempotency.ts";
import { findGroup } from "./group-data.ts";
import { readSettings, settingOptions } from "./settings.ts";

function checkUnchanged({ gid, flags }: Group, expected: number): void {
  const present = encodeFlags(flags);
  if (present === expected) return;
  throw new CommandError(
    "conflict",
    `Group ${gid} has flag ${present} and not ${expected}: somebody changed it. Look at groups show ${gid} and run again.`,
  );
}

/** Changes a group; what is not given stays. */
export const groupsEdit = command({
  args: [gidArgument],
  options: {
    name: { type: "string", value: "name", about: "the new name" },
    ...settingOptions,
    ...idempotencyOption,
    "if-flag": { type: "string", value: "flag", about: "only while the group has this flag, else exit 7" },
  },
  changes: true,
  run: async (invocation) => {
    const { given, values, dryRun, signal, connection } = invocation;
    const gid = readGid(given.get("gid"));
    const wish = readFlagWish(values);
    const expected = values["if-flag"] === undefined ? undefined : encodeFlags(readFlag(values["if-flag"]));
    const settings = { name: values.name, ...readSettings(values) };
    const wished = wish.whole !== undefined || wish.byField;
    if (!wished && Object.values(settings).every((setting) => setting === undefined))
      throw usage("groups edit needs something to change, such as --name or --flag. See groups edit --help.");
    // A whole flag can be written as it is; fields and preconditions need to know what is there.
    const present =
      (wish.byField && wish.whole === undefined) || expected !== undefined
        ? await findGroup(invocation, gid)
        : undefined;
    if (present !== undefined && expected !== undefined) checkUnchanged(present, expected);
    const flags = wish.whole ?? present?.flags;
    const written = wished && flags !== undefined ? wish.from(flags) : undefined;
    const keepConflicts = values["keep-conflicts"] === true;
    checkConflicts(written, keepConflicts);
    const change = { ...settings, flag: written === undefined ? undefined : encodeFlags(written) };
    const text = Object.entries(change).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key} ${JSON.stringify(value)}`],
    );
    if (dryRun)
      return {
        data: { dry_run: true, would: { op: "groupset", gid, ...change } },
        text: [`would change ${gid}: ${text.join(", ")}`],
      };
    const opened = await connection();
    const idempotencyKey = idempotencyKeyOf(values, opened);
    await opened.client.groups.edit(
      { gid, ...settings, flags: written },
      { signal, keepConflicts, idempotencyKey },
    );
    return { data: { gid, changed: change }, text: [`changed ${gid}: ${text.join(", ")}`] };
  },
});
