import { command } from "../command.ts";
import { CommandError, usage } from "../command-error.ts";
import { gidArgument, readGid } from "../gid.ts";
import { idempotencyKeyOf, idempotencyOption } from "../idempotency.ts";
import { listed } from "../../text/words.ts";
import { readAddresses } from "./addresses.ts";
import { editMembers, editsOf, withKey } from "./edit-members.ts";
import { byAddress, listMembers, permissionWords } from "./member-data.ts";
import { membersReport } from "./members-report.ts";
import { changedPermissions, namesPermission, permissionOptions } from "./permission-options.ts";

/** Changes permissions of members; what is not given stays, although all five are written. */
export const membersSet = command({
  args: [gidArgument, { name: "address", about: "an address of a member", rest: true }],
  options: { ...permissionOptions, ...idempotencyOption },
  changes: true,
  run: async (invocation) => {
    const { given, rest, values, dryRun } = invocation;
    const gid = readGid(given.get("gid"));
    const addresses = readAddresses(rest);
    if (!namesPermission(values))
      throw usage("members set needs a permission to change, such as --send or --no-receive.");
    const { members, complete } = await listMembers(invocation, gid);
    const present = byAddress(members);
    const strangers = addresses.filter((address) => !present.has(address));
    if (strangers.length > 0) {
      const who = complete
        ? `No member of ${gid}`
        : `Not among the ${members.length} members of ${gid} that the server lists`;
      throw new CommandError(
        "not_found",
        `${who}: ${listed(strangers)}. Use members add, which writes all five permissions. Nothing was changed.`,
      );
    }
    const wished = addresses.flatMap((address) => {
      const member = present.get(address);
      return member === undefined
        ? []
        : [{ address, permissions: changedPermissions(member.permissions, values) }];
    });
    if (dryRun) {
      return {
        data: { dry_run: true, would: { op: "groupeditmembers", gid, members: wished, remove: false } },
        text: wished.map(
          ({ address, permissions }) => `would set ${address}: ${permissionWords(permissions)}`,
        ),
      };
    }
    const key = idempotencyKeyOf(values, await invocation.connection());
    const report = await editMembers(invocation, gid, withKey(editsOf(wished), key));
    return membersReport({ gid, report, did: "changed" });
  },
});
