import type { Store, Tx } from "../store/store.ts";
import { appendAudit, type AuditEntry } from "./audit.ts";
import { appendEvents, lockJournal, type NewEvent } from "./events.ts";

/** What a change tells those who follow, and those who look back. */
export interface Told {
  readonly events: readonly NewEvent[];
  readonly audit: AuditEntry;
}

/** Writes both in the transaction of the change itself. It is to be the last thing in it: on PostgreSQL others wait. */
export async function appendJournal(
  { kind }: Pick<Store, "kind">,
  tx: Tx,
  { events, audit }: Told,
): Promise<void> {
  if (kind === "postgres") await lockJournal(tx.db);
  await appendEvents(tx, events);
  await appendAudit(tx.db, audit);
}
