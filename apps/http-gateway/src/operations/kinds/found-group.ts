import type { Gid } from "@mesibo-groups/core";
import { findGroup } from "../../directory/groups.ts";
import { etagOf } from "../../etag.ts";
import { ProblemError } from "../../problem.ts";
import type { Tx } from "../../store/store.ts";
import { viewGroup } from "../../views.ts";
import type { Settled } from "../kind.ts";
import type { Operation } from "../operation.ts";

/** A create, and the group that somebody takes for what it made. */
export interface Found {
  readonly operation: Operation;
  readonly gid: Gid;
}

/** Whether another create has made a group, or the gateway knew it before this one was asked for. */
async function isAnothers({ db }: Tx, { operation, gid }: Found): Promise<boolean> {
  const before = await db
    .selectFrom("groups")
    .select("gid")
    .where("gid", "=", gid)
    .where("created_at", "<=", operation.createdAt)
    .executeTakeFirst();
  if (before !== undefined) return true;
  const other = await db
    .selectFrom("operations")
    .select("id")
    .where("gid", "=", gid)
    .where("kind", "=", "create_group")
    .where("id", "<>", operation.id)
    .executeTakeFirst();
  return other !== undefined;
}

/**
 * What to answer where the group that turned up is known already, because somebody has imported it meanwhile: as it
 * is now, which is newer than what was asked for. Undefined where it is not known.
 *
 * Throws `validation` for a gid that cannot be the one: a slip of a digit must not overwrite another group.
 */
export async function foundGroup(tx: Tx, { operation, gid }: Found): Promise<Settled | undefined> {
  if (await isAnothers(tx, { operation, gid })) {
    const detail = `gid must be that of the group which this create made, not ${gid}: that group was there before, or another create made it.`;
    throw new ProblemError("validation", {
      detail,
      members: { errors: [{ in: "body", pointer: "/gid", code: "invalid_value", detail }] },
    });
  }
  const known = await findGroup(tx.db, gid);
  if (known === undefined) return undefined;
  const headers = { location: `/v1/groups/${gid}`, etag: etagOf(known.version) };
  return { gid, events: [], answer: { status: 201, headers, body: viewGroup(known) } };
}
