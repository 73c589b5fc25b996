import { command } from "../command.ts";
import { gidArgument, readGid, requireConfirmation } from "../gid.ts";
import { idempotencyKeyOf, idempotencyOption } from "../idempotency.ts";

/** Deletes a group. */
export const groupsDelete = command({
  args: [gidArgument],
  options: idempotencyOption,
  changes: true,
  run: async ({ given, values, dryRun, confirm, signal, connection }) => {
    const gid = readGid(given.get("gid"));
    if (dryRun)
      return { data: { dry_run: true, would: { op: "groupdel", gid } }, text: [`would delete ${gid}`] };
    requireConfirmation({ gid, confirm }, `Deleting group ${gid}`);
    const opened = await connection();
    await opened.client.groups.delete(gid, { signal, idempotencyKey: idempotencyKeyOf(values, opened) });
    return { data: { gid, deleted: true }, text: [`deleted ${gid}`] };
  },
});
