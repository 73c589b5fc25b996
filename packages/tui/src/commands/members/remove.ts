import { command } from "../command.ts";
import { gidArgument, readGid } from "../gid.ts";
import { idempotencyKeyOf, idempotencyOption } from "../idempotency.ts";
import { readAddresses } from "./addresses.ts";
import { confirmRemoval } from "./confirm-removal.ts";
import { editMembers, withKey } from "./edit-members.ts";
import { listMembers } from "./member-data.ts";
import { membersReport } from "./members-report.ts";

/** Removes members from a group. */
export const membersRemove = command({
  args: [gidArgument, { name: "address", about: "an address of a member", rest: true }],
  options: idempotencyOption,
  changes: true,
  run: async (invocation) => {
    const { given, rest, values, dryRun, confirm } = invocation;
    const gid = readGid(given.get("gid"));
    const addresses = readAddresses(rest);
    if (dryRun) {
      return {
        data: { dry_run: true, would: { op: "groupeditmembers", gid, members: addresses, remove: true } },
        text: addresses.map((address) => `would remove ${address}`),
      };
    }
    const connection = await invocation.connection();
    const key = idempotencyKeyOf(values, connection);
    // Who confirmed needs no count, and mesibo may not list members at all.
    if (!confirm.includes(String(gid)))
      confirmRemoval(
        { gid, confirm, danger: connection.danger },
        addresses,
        (await listMembers(invocation, gid)).members,
      );
    const report = await editMembers(invocation, gid, withKey([{ addresses }], key));
    return membersReport({ gid, report, did: "removed" });
  },
});
