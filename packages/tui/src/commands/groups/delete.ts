import { command } from "../command.ts";
import { gidArgument, readGid, requireConfirmation } from "../gid.ts";

/** Deletes a group. */
export const groupsDelete = command({
  args: [gidArgument],
  options: {},
  changes: true,
  run: async ({ given, dryRun, confirm, signal, connection }) => {
    const gid = readGid(given.get("gid"));
    if (dryRun)
      return { data: { dry_run: true, would: { op: "groupdel", gid } }, text: [`would delete ${gid}`] };
    requireConfirmation({ gid, confirm }, `Deleting group ${gid}`);
    await (await connection()).client.groups.delete(gid, { signal });
    return { data: { gid, deleted: true }, text: [`deleted ${gid}`] };
  },
});
