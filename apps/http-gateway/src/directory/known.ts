import type { Address, Gid } from "@mesibo-groups/core";
import { checkIfMatch } from "../etag.ts";
import { ProblemError } from "../problem.ts";
import type { Store } from "../store/store.ts";
import { deletedAt, findGroup, type KnownGroup } from "./groups.ts";
import { findMember, type KnownMember } from "./members.ts";

interface Directory {
  readonly store: Store;
}

/** One member of one group. */
export interface MemberName {
  readonly gid: Gid;
  readonly address: Address;
}

/** A group that the gateway knows. Throws `group-not-known`. */
export async function knownGroup({ store }: Directory, gid: Gid): Promise<KnownGroup> {
  const group = await store.read((db) => findGroup(db, gid));
  if (group !== undefined) return group;
  throw new ProblemError("group-not-known", {
    detail: `The gateway knows no group ${gid}. If it exists in mesibo, POST it to /v1/group-imports first.`,
    members: { gid },
  });
}

/** Whether a group was deleted through the gateway within the last 30 days: to delete it again changes nothing. */
export async function wasDeleted({ store }: Directory, gid: Gid): Promise<boolean> {
  return (await store.read((db) => deletedAt(db, gid))) !== undefined;
}

/** A member that the gateway knows. Throws `group-not-known` and `member-not-known`. */
export async function knownMember({ store }: Directory, { gid, address }: MemberName): Promise<KnownMember> {
  const member = await store.read((db) => findMember(db, { gid, address }));
  if (member !== undefined) return member;
  await knownGroup({ store }, gid);
  throw new ProblemError("member-not-known", {
    detail: `The gateway knows no such member of group ${gid}.`,
    members: { gid },
  });
}

/** Throws `version-mismatch` where a change was asked for of another version of a member. */
export async function checkMember(
  { store }: Directory,
  { ifMatch, ...name }: MemberName & { readonly ifMatch: string | undefined },
): Promise<void> {
  if (ifMatch === undefined) return;
  checkIfMatch(ifMatch, (await knownMember({ store }, name)).version);
}
