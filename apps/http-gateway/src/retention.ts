import { deleteAudit } from "./journal/audit.ts";
import { lockJournal } from "./journal/events.ts";
import { deleteEvents } from "./journal/history.ts";
import type { Store } from "./store/store.ts";

const HOUR_MS = 3_600_000;

/** A day, in milliseconds. */
export const DAY_MS = 24 * HOUR_MS;

/** How long what is over is kept, in milliseconds. What nobody knows the end of is kept until somebody does. */
export const KEPT_MS = {
  idempotencyKeys: DAY_MS,
  tombstones: 30 * DAY_MS,
  operations: 90 * DAY_MS,
} as const;

/** How long what has happened is kept, as it is configured. */
export interface Kept {
  readonly eventsMs: number;
  /** More events than these are not kept: the oldest go first. */
  readonly maxEvents: number;
  readonly auditMs: number;
}

/** What holds when nothing is configured. */
export const defaultKept: Kept = { eventsMs: 7 * DAY_MS, maxEvents: 1_000_000, auditMs: 400 * DAY_MS };

/** The states of an operation that is over. */
const over = ["succeeded", "refused", "partial", "resolved"];

/** How many rows go in one transaction, so that nobody waits long. */
const AT_ONCE = 500;

/** When it is, in Unix milliseconds, and what is kept. */
export interface Sweeping {
  readonly now: number;
  /** Default: {@link defaultKept}. */
  readonly kept?: Kept | undefined;
}

/** Deletes some rows, and answers how many. */
type Step = (store: Store, sweeping: { readonly now: number; readonly kept: Kept }) => Promise<bigint>;

/** The last of the rows at the beginning that are old. */
function lastOld<Row>(rows: readonly Row[], isOld: (row: Row) => boolean): Row | undefined {
  const kept = rows.findIndex((row) => !isOld(row));
  return kept === -1 ? rows.at(-1) : rows[kept - 1];
}

const steps: readonly Step[] = [
  // The key is free again; what came of it stays to be looked at.
  (store, { now }) =>
    store.write(async ({ db }) => {
      const old = db
        .selectFrom("operations")
        .select("id")
        .where("idempotency_key", "is not", null)
        .where("state", "in", over)
        .where("ended_at", "<=", now - KEPT_MS.idempotencyKeys)
        .limit(AT_ONCE);
      const { numUpdatedRows } = await db
        .updateTable("operations")
        .set({ idempotency_key: null, fingerprint: null })
        .where("id", "in", old)
        .executeTakeFirst();
      return numUpdatedRows;
    }),
  (store, { now }) =>
    store.write(async ({ db }) => {
      const old = db
        .selectFrom("operations")
        .select("id")
        .where("state", "in", over)
        .where("ended_at", "<=", now - KEPT_MS.operations)
        .limit(AT_ONCE);
      return (await db.deleteFrom("operations").where("id", "in", old).executeTakeFirst()).numDeletedRows;
    }),
  (store, { now, kept: { eventsMs, maxEvents } }) =>
    store.write(async ({ db }) => {
      if (store.kind === "postgres") await lockJournal(db);
      const last = await db
        .selectFrom("events")
        .select("id")
        .orderBy("id", "desc")
        .limit(1)
        .executeTakeFirst();
      const first = db.selectFrom("events").select(["id", "created_at"]).orderBy("id").limit(AT_ONCE);
      const rows = await first.execute();
      // From the beginning and without a hole, so that one id says what is gone.
      const upTo = lastOld(
        rows,
        ({ id, created_at: at }) => at <= now - eventsMs || id <= (last?.id ?? 0) - maxEvents,
      );
      return upTo === undefined ? 0n : deleteEvents(db, upTo.id);
    }),
  (store, { now, kept: { auditMs } }) =>
    store.write(async ({ db }) => {
      if (store.kind === "postgres") await lockJournal(db);
      const last = await db
        .selectFrom("audit")
        .select("id")
        .orderBy("id", "desc")
        .limit(1)
        .executeTakeFirst();
      const rows = await db
        .selectFrom("audit")
        .select(["id", "at", "hash"])
        .orderBy("id")
        .limit(AT_ONCE)
        .execute();
      // The last entry stays, however old it is: the next one follows it.
      const upTo = lastOld(rows, ({ id, at }) => at <= now - auditMs && id !== last?.id);
      return upTo === undefined ? 0n : deleteAudit(db, upTo);
    }),
  (store, { now }) =>
    store.write(async ({ db }) => {
      const old = db
        .selectFrom("groups")
        .select("gid")
        .where("deleted_at", "<=", now - KEPT_MS.tombstones)
        .limit(AT_ONCE);
      return (await db.deleteFrom("groups").where("gid", "in", old).executeTakeFirst()).numDeletedRows;
    }),
  (store, { now }) =>
    store.write(async ({ db }) => {
      const full = db
        .selectFrom("rates")
        .select("cell")
        .where("due_at", "<=", now * 1000)
        .limit(AT_ONCE);
      return (await db.deleteFrom("rates").where("cell", "in", full).executeTakeFirst()).numDeletedRows;
    }),
];

/** Deletes what has been kept long enough, a little at a time. Several gateways may do so at once. */
export async function sweep(store: Store, { now, kept = defaultKept }: Sweeping): Promise<void> {
  for (const step of steps) {
    while ((await step(store, { now, kept })) >= AT_ONCE);
  }
}

/** Sweeps now, and every hour from then on. What fails is tried again in an hour. */
export function keepSwept(
  store: Store,
  { now, kept }: { readonly now: () => number; readonly kept: Kept },
): { readonly stop: () => void } {
  const again = (): void => void sweep(store, { now: now(), kept }).catch(() => undefined);
  const timer = setInterval(again, HOUR_MS);
  timer.unref();
  again();
  return {
    stop: () => {
      clearInterval(timer);
    },
  };
}
