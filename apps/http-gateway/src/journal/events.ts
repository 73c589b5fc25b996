import { sql, type Kysely } from "kysely";
import type { Gid } from "@mesibo-groups/core";
import type { Tx } from "../store/store.ts";
import type { Tables } from "../store/tables.ts";

/** Every kind of event. */
export const eventTypes = [
  "group.created",
  "group.updated",
  "group.deleted",
  "group.imported",
  "member.set",
  "member.removed",
  "operation.succeeded",
  "operation.failed",
  "operation.unknown",
  "operation.resolved",
  "upstream.latched",
  "upstream.released",
  "key.created",
  "key.rotated",
  "key.revoked",
] as const;

/** A kind of event. */
export type EventType = (typeof eventTypes)[number];

/** One change, for those who follow. */
export interface NewEvent {
  readonly type: EventType;
  readonly gid?: Gid | undefined;
  /** What else it is about: an address, or an operation's id. */
  readonly subject?: string | undefined;
  readonly payload: unknown;
  readonly at: number;
}

/** Appends events in the transaction of the change itself. On PostgreSQL the journal is locked by then. */
export async function appendEvents({ db, announce }: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await db
    .insertInto("events")
    .values(
      events.map(({ type, gid, subject, payload, at }) => ({
        type,
        gid: gid ?? null,
        subject: subject ?? null,
        payload: JSON.stringify(payload),
        created_at: at,
      })),
    )
    .execute();
  await announce("events");
}

const JOURNAL_LOCK = 0x6d65_6a6c;

/**
 * Keeps every other transaction from the journal until this one ends, so that ids are given in the order of
 * commits. PostgreSQL would else let two transactions commit in another order than they took their ids, and a
 * follower who reads in between would miss one for ever. SQLite has one writer anyway.
 */
export async function lockJournal(db: Kysely<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${JOURNAL_LOCK})`.execute(db);
}
