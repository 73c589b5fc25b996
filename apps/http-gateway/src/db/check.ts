import { sql } from "kysely";
import type { Selectable } from "kysely";
import type { Gid } from "@mesibo-groups/core";
import { chainHash, chainStart } from "../journal/audit.ts";
import { missingChanges } from "../store/migrate.ts";
import type { Store } from "../store/store.ts";
import type { AuditRow, Tables } from "../store/tables.ts";
import { copiedNames } from "./copied.ts";
import { isUnfinished } from "./copy.ts";

/** One thing that was looked at. */
export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** What a check has found. */
export interface CheckReport {
  readonly place: string;
  readonly findings: readonly Finding[];
  /** Rows by table. */
  readonly counts: Readonly<Partial<Record<keyof Tables, number>>>;
}

async function integrity(store: Store): Promise<Finding> {
  const name = "integrity";
  if (store.kind === "postgres") return { name, ok: true, detail: "PostgreSQL sees to that" };
  const rows = await store.read(
    async (db) => (await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db)).rows,
  );
  const faults = rows.map(({ integrity_check: text }) => text).filter((text) => text !== "ok");
  const strays = await store.read(
    async (db) => (await sql`pragma foreign_key_check`.execute(db)).rows.length,
  );
  if (faults.length === 0 && strays === 0) return { name, ok: true, detail: "sound" };
  return {
    name,
    ok: false,
    detail: [...faults.slice(0, 3), ...(strays === 0 ? [] : [`${strays} rows without their group`])].join(
      "; ",
    ),
  };
}

async function schema(store: Store): Promise<Finding> {
  const missing = await store.read((db) => missingChanges(db, { kind: store.kind }));
  const ok = missing.length === 0;
  return { name: "migrations", ok, detail: ok ? "all are there" : `missing: ${missing.join(", ")}` };
}

const AT_ONCE = 1000;

function hashOf(row: Selectable<AuditRow>): string {
  const { at, actor, action, operation, outcome, request_id: requestId } = row;
  const gid: Gid | undefined = row.gid ?? undefined;
  const subject = row.subject ?? undefined;
  return chainHash(row.previous, {
    at,
    actor,
    action,
    gid,
    subject,
    operation: operation ?? undefined,
    requestId,
    outcome,
  });
}

/** Follows the chain of the audit from its start, or from what was deleted because its time was over, to the first row that does not fit. */
async function auditChain(store: Store): Promise<Finding> {
  const name = "audit";
  let previous = await store.read(chainStart);
  let after = 0;
  let count = 0;
  for (;;) {
    const from = after;
    const rows = await store.read((db) =>
      db.selectFrom("audit").selectAll().where("id", ">", from).orderBy("id").limit(AT_ONCE).execute(),
    );
    for (const row of rows) {
      if (row.previous !== previous) {
        return {
          name,
          ok: false,
          detail: `row ${row.id} does not follow the one before: a row is missing or was changed`,
        };
      }
      if (row.hash !== hashOf(row)) return { name, ok: false, detail: `row ${row.id} was changed` };
      previous = row.hash;
      after = row.id;
    }
    count += rows.length;
    if (rows.length < AT_ONCE) return { name, ok: true, detail: `${count} rows, unbroken` };
  }
}

/** Half a copy has nothing wrong but what is missing, so it is told by its mark. Nothing to tell of any other store. */
async function copied(store: Store): Promise<readonly Finding[]> {
  if (!(await isUnfinished(store))) return [];
  return [
    { name: "copy", ok: false, detail: "was not finished: run mesibo-gateway db copy again, or drop it" },
  ];
}

/** Looks whether a store is sound. Changes nothing. */
export async function checkStore(store: Store): Promise<CheckReport> {
  const findings = [
    await integrity(store),
    await schema(store),
    await auditChain(store),
    ...(await copied(store)),
  ];
  const counts: Partial<Record<keyof Tables, number>> = {};
  for (const table of copiedNames) {
    const row = await store.read((db) =>
      db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll().as("rows"))
        .executeTakeFirstOrThrow(),
    );
    counts[table] = Number(row.rows);
  }
  return { place: store.place, findings, counts };
}
