import type { Kysely } from "kysely";
import type { Gid } from "@mesibo-groups/core";
import type { Tables } from "../store/tables.ts";
import { doneOutcomes } from "../member-edits/edit.ts";
import { changeGroup } from "./kinds/change-group.ts";
import { importGroups } from "./kinds/import-groups.ts";
import { putMember } from "./kinds/put-member.ts";
import { removeMember } from "./kinds/remove-member.ts";
import { afterIdsOf } from "../new-id.ts";
import { memberPart, readOperation, type Operation, type OperationKind } from "./operation.ts";

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

/** An id of the moment when mesibo was asked. A repetition comes when somebody settles it, whenever it was asked first. */
function sentOf({ id, resolution }: Operation): string {
  return resolution?.outcome === "retried" ? afterIdsOf(resolution.at) : id.replace(/^op_/, "");
}

/** When a part of a group was written last, of what is known to have happened. */
interface Written {
  readonly part: string;
  readonly sent: string;
}

interface Since {
  readonly operation: Operation;
  readonly gid: Gid;
}

/** What calls of their own have written. */
async function byOperations(db: Kysely<Tables>, { operation, gid }: Since): Promise<readonly Written[]> {
  const rows = await db
    .selectFrom("operations")
    .selectAll()
    .where("ended_at", ">=", operation.createdAt)
    .where("id", "<>", operation.id)
    .where("state", "in", ["succeeded", "partial", "resolved"])
    .where((where) => where.or([where("gid", "=", gid), where("kind", "=", "import_groups")]))
    .execute();
  return rows
    .map(readOperation)
    .filter(({ resolution }) => resolution?.outcome !== "did_not_happen")
    .flatMap((other) =>
      touches[other.kind](other.request, gid).map((part) => ({ part, sent: sentOf(other) })),
    );
}

/** What lists of members have written. */
async function byLists(db: Kysely<Tables>, { operation, gid }: Since): Promise<readonly Written[]> {
  const rows = await db
    .selectFrom("member_edits")
    .innerJoin("operations", "operations.id", "member_edits.operation")
    .select(["member_edits.address", "member_edits.sent"])
    .where("operations.gid", "=", gid)
    .where("operations.id", "<>", operation.id)
    .where("member_edits.status", "in", doneOutcomes)
    .where("member_edits.sent", ">", sentOf(operation))
    .execute();
  return rows.map(({ address, sent }) => ({ part: memberPart(address), sent: sent ?? "" }));
}

/**
 * What of its group has been written since an operation was sent, or a part of it that was sent by itself, with an id
 * of that moment. One whose outcome becomes known late must leave that alone: in mesibo the later one has won already.
 */
export async function touchedSince(
  db: Kysely<Tables>,
  since: Since,
): Promise<(part: string, sent?: string) => boolean> {
  const last = new Map<string, string>();
  for (const { part, sent } of [...(await byOperations(db, since)), ...(await byLists(db, since))]) {
    if (sent > (last.get(part) ?? "")) last.set(part, sent);
  }
  const own = sentOf(since.operation);
  return (part, sent = own) => [everything, part].some((written) => (last.get(written) ?? "") > sent);
}
