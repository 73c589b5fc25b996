import type { Kysely } from "kysely";
import type { Gid } from "@mesibo-groups/core";
import { compiled, type Places } from "../store/compiled.ts";
import type { OperationRow, Tables } from "../store/tables.ts";
import type { IdempotencyKey } from "./idempotency.ts";
import {
  readOperation,
  type Asker,
  type Operation,
  type OperationKind,
  type OperationState,
  type Resolution,
  type StoredAnswer,
} from "./operation.ts";

/** An operation as it begins. */
export interface NewOperation extends Asker {
  readonly id: string;
  readonly kind: OperationKind;
  readonly key: IdempotencyKey | undefined;
  readonly gid: Gid | undefined;
  readonly request: unknown;
  readonly instance: string;
  readonly at: number;
  /** What a repetition gets while it is under way. Default: that it is. */
  readonly answer?: StoredAnswer | undefined;
  readonly progress?: unknown;
}

const insertRow = compiled((db, row: Places<OperationRow>) =>
  db
    .insertInto("operations")
    .values(row)
    .onConflict((conflict) => conflict.columns(["actor", "idempotency_key"]).doNothing())
    .returning("id"),
);

/** Writes down what is about to be sent. False where the key is taken: then nothing was written. */
export async function insertOperation(db: Kysely<Tables>, operation: NewOperation): Promise<boolean> {
  const { id, kind, actor, requestId, traceId, key, gid, request, instance, at, answer, progress } =
    operation;
  const rows = await insertRow(db, {
    id,
    kind,
    state: "sending",
    actor,
    request_id: requestId,
    trace_id: traceId ?? null,
    idempotency_key: key?.key ?? null,
    fingerprint: key?.fingerprint ?? null,
    gid: gid ?? null,
    request: JSON.stringify(request),
    progress: progress === undefined ? null : JSON.stringify(progress),
    answer: answer === undefined ? null : JSON.stringify(answer),
    resolution: null,
    instance,
    created_at: at,
    ended_at: null,
    cancel_asked_at: null,
  });
  return rows.length > 0;
}

/** Forgets an operation of which nothing was sent, so that its key is free again. */
export async function releaseOperation(
  db: Kysely<Tables>,
  { id, instance }: Pick<Operation, "id" | "instance">,
): Promise<void> {
  await db
    .deleteFrom("operations")
    .where("id", "=", id)
    .where("state", "=", "sending")
    .where("instance", "=", instance)
    .execute();
}

/** Whether another process asks, or asked before it crashed, for a change of a group, and nobody knows the outcome. */
export async function isSentElsewhere(
  db: Kysely<Tables>,
  { gid, instance }: { readonly gid: Gid; readonly instance: string },
): Promise<boolean> {
  const row = await db
    .selectFrom("operations")
    .select("id")
    .where("state", "=", "sending")
    .where("gid", "=", gid)
    .where("instance", "<>", instance)
    // A job goes on between its batches, and sends nothing then.
    .where((where) => {
      const edits = where
        .selectFrom("member_edits")
        .select("position")
        .whereRef("operation", "=", where.ref("operations.id"));
      return where.or([where.not(where.exists(edits)), where.exists(edits.where("status", "=", "sending"))]);
    })
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes an unknown operation, to ask once more. False where somebody else has it, or has settled it. */
export async function claimOperation(
  db: Kysely<Tables>,
  { id, instance }: Pick<Operation, "id" | "instance">,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("operations")
    .set({ state: "sending", instance })
    .where("id", "=", id)
    .where("state", "=", "unknown")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Gives a claimed operation back: its outcome is as unknown as before. */
export async function unclaimOperation(
  db: Kysely<Tables>,
  { id, instance }: Pick<Operation, "id" | "instance">,
): Promise<void> {
  await db
    .updateTable("operations")
    .set({ state: "unknown" })
    .where("id", "=", id)
    .where("state", "=", "sending")
    .where("instance", "=", instance)
    .execute();
}

/** What becomes known of an operation. */
export interface Ending {
  readonly id: string;
  /** Only in one of these states may it be ended: a late answer must not undo a resolution. */
  readonly from: readonly OperationState[];
  /** Only where this process has it. Default: whichever does. */
  readonly instance?: string | undefined;
  readonly state: OperationState;
  readonly answer: StoredAnswer;
  readonly gid?: Gid | undefined;
  readonly progress?: unknown;
  readonly resolution?: Resolution | undefined;
  readonly at: number;
}

/** Writes down what became of an operation. False where it was in none of the expected states. */
export async function endOperation(db: Kysely<Tables>, ending: Ending): Promise<boolean> {
  const { id, from, instance, state, answer, gid, progress, resolution, at } = ending;
  let update = db
    .updateTable("operations")
    .set({
      state,
      answer: JSON.stringify(answer),
      ended_at: at,
      ...(gid === undefined ? {} : { gid }),
      ...(progress === undefined ? {} : { progress: JSON.stringify(progress) }),
      ...(resolution === undefined ? {} : { resolution: JSON.stringify(resolution) }),
    })
    .where("id", "=", id)
    .where("state", "in", from);
  if (instance !== undefined) update = update.where("instance", "=", instance);
  const { numUpdatedRows } = await update.executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** One operation, or undefined. */
export async function findOperation(db: Kysely<Tables>, id: string): Promise<Operation | undefined> {
  const row = await db.selectFrom("operations").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? undefined : readOperation(row);
}

/** An Idempotency-Key, and whose it is: others may use the same. */
interface OwnKey {
  readonly actor: string;
  readonly key: string;
}

const selectByKey = compiled((db, { actor, key }: Places<OwnKey>) =>
  db.selectFrom("operations").selectAll().where("actor", "=", actor).where("idempotency_key", "=", key),
);

/** The operation that a key stands for, or undefined. */
export async function findByKey(db: Kysely<Tables>, { actor, key }: OwnKey): Promise<Operation | undefined> {
  const [row] = await selectByKey(db, { actor, key });
  return row === undefined ? undefined : readOperation(row);
}

/** What to list. */
export interface OperationQuery {
  /** The id before the first; the empty text for the start. */
  readonly after: string;
  readonly limit: number;
  readonly state?: OperationState | undefined;
  /** Only what this key asked for. */
  readonly actor?: string | undefined;
}

/** Operations, oldest first: an id begins with the time. */
export async function listOperations(
  db: Kysely<Tables>,
  { after, limit, state, actor }: OperationQuery,
): Promise<readonly Operation[]> {
  let query = db.selectFrom("operations").selectAll().where("id", ">", after).orderBy("id").limit(limit);
  if (state !== undefined) query = query.where("state", "=", state);
  if (actor !== undefined) query = query.where("actor", "=", actor);
  return (await query.execute()).map(readOperation);
}

/** Asks the process that works on a list of members to stop. False where there is nothing to stop. */
export async function askToCancel(
  db: Kysely<Tables>,
  { id, at }: { readonly id: string; readonly at: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("operations")
    .set({ cancel_asked_at: at })
    .where("id", "=", id)
    .where("state", "=", "sending")
    .where("kind", "in", ["edit_members", "set_members"])
    .where("cancel_asked_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
