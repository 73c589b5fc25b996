import { MembersError, type Gid, type MembersReport } from "@mesibo-groups/core";
import type { Context } from "../command.ts";
import { editMembers, editsOf } from "../members/edit-members.ts";
import type { Step } from "./plan.ts";

async function writeGroup(
  { connection, signal }: Context,
  { kind, gid, name, settings }: Step,
  idempotencyKey: string | undefined,
): Promise<Gid> {
  const { groups } = (await connection()).client;
  if (gid === undefined) return (await groups.create({ ...settings, name }, { signal, idempotencyKey })).gid;
  if (kind === "edit") await groups.edit({ gid, ...settings }, { signal });
  return gid;
}

/** What became of one group. */
export interface Applied {
  readonly gid: Gid;
  readonly members: MembersReport | undefined;
  /** Why not every member was done. */
  readonly error: MembersError | undefined;
}

/**
 * Makes one group as it is wanted: its settings, then its members, removals last. The key is for a group that is
 * made; whatever else is compared with what is there, and so may be done again.
 */
export async function applyStep(context: Context, step: Step, key: string | undefined): Promise<Applied> {
  const gid = await writeGroup(context, step, key);
  if (step.members === undefined) return { gid, members: undefined, error: undefined };
  const { add, change, remove } = step.members;
  const removal = remove.length === 0 ? [] : [{ addresses: remove.map(({ address }) => address) }];
  const members = await editMembers(context, gid, [...editsOf([...add, ...change]), ...removal]);
  const failed = members.refused.length + members.unknown.length + members.notSent.length > 0;
  return { gid, members, error: failed ? new MembersError("groupeditmembers", members) : undefined };
}
