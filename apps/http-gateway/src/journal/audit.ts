import { createHash } from "node:crypto";
import type { Kysely } from "kysely";
import type { Gid } from "@mesibo-groups/core";
import { compiled, type Places } from "../store/compiled.ts";
import { readMeta, writeMeta } from "../store/meta.ts";
import type { AuditRow, Tables } from "../store/tables.ts";

/** Who did what, and what came of it. */
export interface AuditEntry {
  readonly at: number;
  /** The id of the API key, or `operator` for the command line. */
  readonly actor: string;
  readonly action: string;
  readonly gid?: Gid | undefined;
  readonly subject?: string | undefined;
  readonly operation?: string | undefined;
  readonly requestId: string;
  readonly outcome: string;
}

/** The hash before the first row. */
export const CHAIN_START = "0".repeat(64);

/** A row's hash: over the row, and the hash of the row before it. */
export function chainHash(previous: string, entry: AuditEntry): string {
  const { at, actor, action, gid, subject, operation, requestId, outcome } = entry;
  const row = [
    previous,
    at,
    actor,
    action,
    gid ?? null,
    subject ?? null,
    operation ?? null,
    requestId,
    outcome,
  ];
  return createHash("sha256").update(JSON.stringify(row)).digest("hex");
}

const selectLast = compiled((db) => db.selectFrom("audit").select("hash").orderBy("id", "desc").limit(1));

const insertRow = compiled((db, row: Places<Omit<AuditRow, "id">>) => db.insertInto("audit").values(row));

/** Appends to the audit. On PostgreSQL the journal is locked by then, so that the chain has no fork. */
export async function appendAudit(db: Kysely<Tables>, entry: AuditEntry): Promise<void> {
  const [last] = await selectLast(db, {});
  const previous = last?.hash ?? CHAIN_START;
  const { at, actor, action, gid, subject, operation, requestId, outcome } = entry;
  await insertRow(db, {
    at,
    actor,
    action,
    gid: gid ?? null,
    subject: subject ?? null,
    operation: operation ?? null,
    request_id: requestId,
    outcome,
    previous,
    hash: chainHash(previous, entry),
  });
}

/** The hash that the first entry follows which is there: that of the last one that was deleted because its time was over. */
export const chainStart = async (db: Kysely<Tables>): Promise<string> =>
  (await readMeta(db, "audit-gone")) ?? CHAIN_START;

/** Deletes the audit up to an entry, and remembers its hash. On PostgreSQL the journal is locked by then. */
export async function deleteAudit(
  db: Kysely<Tables>,
  { id, hash: value }: { readonly id: number; readonly hash: string },
): Promise<bigint> {
  await writeMeta(db, { name: "audit-gone", value });
  return (await db.deleteFrom("audit").where("id", "<=", id).executeTakeFirst()).numDeletedRows;
}
