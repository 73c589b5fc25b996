import { permissionNames, type Client, type MembersOptions, type Permissions } from "@mesibo-groups/core";
import type { Change } from "./change.ts";

const isWhole = (permissions: Partial<Permissions>): permissions is Permissions =>
  permissionNames.every((name) => permissions[name] !== undefined);

/** Sends a change as it was sent before, a list of members in batches. */
export async function sendAgain(
  { members, call }: Pick<Client, "members" | "call">,
  { op, request }: Change,
  options: MembersOptions,
): Promise<void> {
  if (op === "groupeditmembers" && "remove" in request && "members" in request) {
    const { gid, members: addresses, permissions, remove } = request;
    if (remove) {
      await members.remove({ gid, addresses }, options);
      return;
    }
    if (isWhole(permissions)) {
      await members.add({ gid, addresses, permissions }, options);
      return;
    }
  }
  // What contradicts itself was sent on purpose.
  await call(op, request, { ...options, keepConflicts: true });
}
