import { allPermissions } from "@mesibo-groups/core";
import { command } from "../command.ts";
import { gidArgument, readGid } from "../gid.ts";
import { idempotencyKeyOf, idempotencyOption } from "../idempotency.ts";
import { readAddresses } from "./addresses.ts";
import { editMembers, withKey } from "./edit-members.ts";
import { membersReport } from "./members-report.ts";
import { changedPermissions, permissionOptions } from "./permission-options.ts";
import { permissionWords } from "./member-data.ts";

/** Adds members to a group. */
export const membersAdd = command({
  args: [gidArgument, { name: "address", about: "an address of a user of the app", rest: true }],
  options: { ...permissionOptions, ...idempotencyOption },
  changes: true,
  run: async (invocation) => {
    const gid = readGid(invocation.given.get("gid"));
    const addresses = readAddresses(invocation.rest);
    const permissions = changedPermissions(allPermissions, invocation.values);
    if (invocation.dryRun) {
      return {
        data: {
          dry_run: true,
          would: { op: "groupeditmembers", gid, members: addresses, permissions, remove: false },
        },
        text: addresses.map((address) => `would add ${address}: ${permissionWords(permissions)}`),
      };
    }
    const key = idempotencyKeyOf(invocation.values, await invocation.connection());
    const report = await editMembers(invocation, gid, withKey([{ addresses, permissions }], key));
    return membersReport({ gid, report, did: "added" }, { permissions });
  },
});
