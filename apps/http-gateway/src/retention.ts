import { lockJournal } from "./journal/events.ts";
import { deleteEvents } from "./journal/history.ts";
import type { Store } from "./store/store.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long what is over is kept, in milliseconds. What nobody knows the end of is kept until somebody does. */
export const KEPT_MS = {
  idempotencyKeys: DAY_MS,
  events: 7 * DAY_MS,
  tombstones: 30 * DAY_MS,
  operations: 90 * DAY_MS,
} as const;

/** The states of an operation that is over. */
const over = ["succeeded", "refused", "partial", "resolved"];

/** How many rows go in one transaction, so that nobody waits long. */
const AT_ONCE = 500;

/** Deletes some rows, and answers how many. */
type Step = (store: Store, now: number) => Promise<bigint>;

const steps: readonly Step[] = [
  // The key is free again; what came of it stays to be looked at.
  (store, now) =>
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
  (store, now) =>
    store.write(async ({ db }) => {
      const old = db
        .selectFrom("operations")
        .select("id")
        .where("state", "in", over)
        .where("ended_at", "<=", now - KEPT_MS.operations)
        .limit(AT_ONCE);
      return (await db.deleteFrom("operations").where("id", "in", old).executeTakeFirst()).numDeletedRows;
    }),
  (store, now) =>
    store.write(async ({ db }) => {
      if (store.kind === "postgres") await lockJournal(db);
      const first = db.selectFrom("events").select(["id", "created_at"]).orderBy("id").limit(AT_ONCE);
      const rows = await first.execute();
      // From the beginning and without a hole, so that one id says what is gone.
      const kept = rows.findIndex(({ created_at: at }) => at > now - KEPT_MS.events);
      const last = rows[kept === -1 ? rows.length - 1 : kept - 1];
      return last === undefined ? 0n : deleteEvents(db, last.id);
    }),
  (store, now) =>
    store.write(async ({ db }) => {
      const old = db
        .selectFrom("groups")
        .select("gid")
        .where("deleted_at", "<=", now - KEPT_MS.tombstones)
        .limit(AT_ONCE);
      return (await db.deleteFrom("groups").where("gid", "in", old).executeTakeFirst()).numDeletedRows;
    }),
  (store, now) =>
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
export async function sweep(store: Store, now: number): Promise<void> {
  for (const step of steps) {
    while ((await step(store, now)) >= AT_ONCE);
  }
}

/** Sweeps now, and every hour from then on. What fails is tried again in an hour. */
export function keepSwept(store: Store, now: () => number): { readonly stop: () => void } {
  const again = (): void => void sweep(store, now()).catch(() => undefined);
  const timer = setInterval(again, HOUR_MS);
  timer.unref();
  again();
  return {
    stop: () => {
      clearInterval(timer);
    },
  };
}
