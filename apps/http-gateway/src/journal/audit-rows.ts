import type { Gid } from "@mesibo-groups/core";
import type { Kysely, Selectable } from "kysely";
import type { AuditRow, Tables } from "../store/tables.ts";

/** Which entries of the audit. Times are Unix milliseconds. */
export interface AuditQuery {
  /** The id before the first. */
  readonly after: number;
  readonly limit: number;
  readonly gid?: Gid | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly outcome?: string | undefined;
  readonly from?: number | undefined;
  /** The first moment that is out again. */
  readonly to?: number | undefined;
}

/** Entries of the audit, oldest first. */
export async function readAudit(
  db: Kysely<Tables>,
  { after, limit, gid, actor, action, outcome, from, to }: AuditQuery,
): Promise<readonly Selectable<AuditRow>[]> {
  let query = db.selectFrom("audit").selectAll().where("id", ">", after).orderBy("id").limit(limit);
  if (gid !== undefined) query = query.where("gid", "=", gid);
  if (actor !== undefined) query = query.where("actor", "=", actor);
  if (action !== undefined) query = query.where("action", "=", action);
  if (outcome !== undefined) query = query.where("outcome", "=", outcome);
  if (from !== undefined) query = query.where("at", ">=", from);
  if (to !== undefined) query = query.where("at", "<", to);
  return query.execute();
}
