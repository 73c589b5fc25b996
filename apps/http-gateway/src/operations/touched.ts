import type { Kysely } from "kysely";
import type { Gid } from "@mesibo-groups/core";
import type { Tables } from "../store/tables.ts";
import { doneOutcomes } from "../member-edits/edit.ts";
import { changeGroup } from "./kinds/change-group.ts";
import { importGroups } from "./kinds/import-groups.ts";
import { putMember } from "./kinds/put-member.ts";
import { removeMember } from "./kinds/remove-member.ts";
import {
  memberPart,
  readOperation,
  type IsTouched,
  type Operation,
  type OperationKind,
} from "./operation.ts";

const everything = "everything";

/** The parts of a group that each kind of operation writes. */
const touches = {
  create_group: () => [everything],
  change_group: (request) => Object.keys(changeGroup.request.parse(request)),
  delete_group: () => [everything],
  put_member: (request) => [memberPart(putMember.request.parse(request).address)],
  remove_member: (request) => [memberPart(removeMember.request.parse(request).address)],
  import_groups: (request, gid) =>
    importGroups.request.parse(request).gids.includes(gid) ? [everything] : [],
  // Theirs are in rows of their own.
  edit_members: () => [],
  set_members: () => [],
} as const satisfies Record<OperationKind, (request: unknown, gid: Gid) => readonly string[]>;

/** Whether an operation has written later than another one was sent. */
function isLater({ id, resolution }: Operation, than: Operation): boolean {
  if (resolution?.outcome === "did_not_happen") return false;
  // A repetition comes when somebody settles it, whenever it was asked for first.
  return id > than.id || resolution?.outcome === "retried";
}

/** The members that lists have written while an operation was under way, or since. */
async function listedSince(
  db: Kysely<Tables>,
  { operation, gid }: { readonly operation: Operation; readonly gid: Gid },
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("member_edits")
    .innerJoin("operations", "operations.id", "member_edits.operation")
    .select("member_edits.address")
    .where("operations.gid", "=", gid)
    .where("operations.id", "<>", operation.id)
    .where("member_edits.status", "in", doneOutcomes)
    .where((where) =>
      where.or([
        where("operations.ended_at", "is", null),
        where("operations.ended_at", ">=", operation.createdAt),
      ]),
    )
    .execute();
  return rows.map(({ address }) => memberPart(address));
}

/**
 * What of its group has been written since an operation was sent. One whose outcome becomes known late must leave
 * that alone: in mesibo the later one has won already.
 */
export async function touchedSince(
  db: Kysely<Tables>,
  { operation, gid }: { readonly operation: Operation; readonly gid: Gid },
): Promise<IsTouched> {
  const rows = await db
    .selectFrom("operations")
    .selectAll()
    .where("ended_at", ">=", operation.createdAt)
    .where("id", "<>", operation.id)
    .where("state", "in", ["succeeded", "partial", "resolved"])
    .where((where) => where.or([where("gid", "=", gid), where("kind", "=", "import_groups")]))
    .execute();
  const parts = new Set([
    ...rows
      .map(readOperation)
      .filter((other) => isLater(other, operation))
      .flatMap(({ kind, request }) => touches[kind](request, gid)),
    ...(await listedSince(db, { operation, gid })),
  ]);
  return (part) => parts.has(everything) || parts.has(part);
}
