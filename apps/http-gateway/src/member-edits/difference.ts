import { createHash } from "node:crypto";
import type { Gid } from "@mesibo-groups/core";
import { allMembers } from "../directory/members.ts";
import type { Store } from "../store/store.ts";
import { permissionBits, type MemberEdit } from "./edit.ts";

/** What a desired list of members changes. */
export interface Difference {
  readonly added: readonly MemberEdit[];
  readonly updated: readonly MemberEdit[];
  readonly removed: readonly MemberEdit[];
  readonly unchanged: number;
  /** Stands for the members as they are known now: for `If-Match`. */
  readonly etag: string;
}

/** Compares a desired list with the members that the gateway knows. Calls nobody. */
export async function differenceTo(
  store: Store,
  { gid, members }: { readonly gid: Gid; readonly members: readonly MemberEdit[] },
): Promise<Difference> {
  const known = await allMembers(store, gid);
  const hash = createHash("sha256");
  const bitsOf = new Map<string, number>();
  for (const { address, permissions } of known) {
    const bits = permissionBits(permissions);
    bitsOf.set(address, bits);
    hash.update(JSON.stringify([address, bits]));
  }
  const added: MemberEdit[] = [];
  const updated: MemberEdit[] = [];
  for (const member of members) {
    const before = bitsOf.get(member.address);
    bitsOf.delete(member.address);
    if (before === undefined) added.push(member);
    else if (member.permissions !== undefined && permissionBits(member.permissions) !== before) {
      updated.push(member);
    }
  }
  return {
    added,
    updated,
    removed: [...bitsOf.keys()].map((address) => ({ address, permissions: undefined })),
    unchanged: members.length - added.length - updated.length,
    etag: `"${hash.digest("hex").slice(0, 32)}"`,
  };
}
