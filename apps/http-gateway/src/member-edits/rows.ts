import type { Kysely, Selectable } from "kysely";
import * as z from "zod";
import type { MemberEditRow, Tables } from "../store/tables.ts";
import {
  editStatuses,
  permissionBits,
  readPermissionBits,
  type EditItem,
  type EditProblem,
  type EditStatus,
} from "./edit.ts";

const status = z.enum(editStatuses);

const problem = z.strictObject({
  type: z.string(),
  title: z.string(),
  detail: z.string(),
  sent: z.enum(["no", "maybe", "yes"]),
  upstream: z
    .strictObject({
      op: z.literal("groupeditmembers"),
      error: z.string(),
      code: z.number().optional(),
      cause: z.string().optional(),
      properties: z.array(z.string()).optional(),
    })
    .optional(),
  isolated: z.literal(false).optional(),
});

function readItem(row: Selectable<MemberEditRow>): EditItem {
  return {
    position: row.position,
    address: row.address,
    permissions: row.permissions === null ? undefined : readPermissionBits(row.permissions),
    status: status.parse(row.status),
    problem: row.problem === null ? undefined : problem.parse(JSON.parse(row.problem)),
    sent: row.sent ?? undefined,
  };
}

// Well below what either database takes as parameters of one statement.
const ROWS_AT_ONCE = 500;

/** Writes the edits of an operation down. */
export async function insertEdits(
  db: Kysely<Tables>,
  { operation, items }: { readonly operation: string; readonly items: readonly EditItem[] },
): Promise<void> {
  for (let from = 0; from < items.length; from += ROWS_AT_ONCE) {
    await db
      .insertInto("member_edits")
      .values(
        items.slice(from, from + ROWS_AT_ONCE).map(({ position, address, permissions, status }) => ({
          operation,
          position,
          address,
          permissions: permissions === undefined ? null : permissionBits(permissions),
          status,
          problem: null,
          sent: null,
        })),
      )
      .execute();
  }
}

/** Edits of which something is known. */
export interface EditsMarked {
  readonly operation: string;
  readonly positions: readonly number[];
  readonly status: EditStatus;
  readonly problem?: EditProblem | undefined;
  /** An id of the moment when they were sent. Default: what it was. */
  readonly sent?: string | undefined;
}

/** Writes down what is known of some edits. */
export async function markEdits(
  db: Kysely<Tables>,
  { operation, positions, status, problem, sent }: EditsMarked,
): Promise<void> {
  if (positions.length === 0) return;
  await db
    .updateTable("member_edits")
    .set({
      status,
      problem: problem === undefined ? null : JSON.stringify(problem),
      ...(sent === undefined ? {} : { sent }),
    })
    .where("operation", "=", operation)
    .where("position", "in", positions)
    .execute();
}

/** Writes down that what is still pending will not be sent. */
export async function skipPending(db: Kysely<Tables>, operation: string): Promise<void> {
  await db
    .updateTable("member_edits")
    .set({ status: "skipped" })
    .where("operation", "=", operation)
    .where("status", "=", "pending")
    .execute();
}

/** What to list. */
export interface EditQuery {
  readonly operation: string;
  /** The position before the first. Default: from the start. */
  readonly after?: number | undefined;
  /** Default: all. */
  readonly limit?: number | undefined;
  readonly statuses?: readonly EditStatus[] | undefined;
}

/** Edits of an operation, in their order. */
export async function listEdits(
  db: Kysely<Tables>,
  { operation, after = -1, limit, statuses }: EditQuery,
): Promise<readonly EditItem[]> {
  let query = db
    .selectFrom("member_edits")
    .selectAll()
    .where("operation", "=", operation)
    .where("position", ">", after)
    .orderBy("position");
  if (limit !== undefined) query = query.limit(limit);
  if (statuses !== undefined) query = query.where("status", "in", statuses);
  return (await query.execute()).map(readItem);
}
