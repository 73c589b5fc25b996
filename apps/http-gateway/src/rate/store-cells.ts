import { sql, type Kysely } from "kysely";
import type { RateLimit } from "../config-operations.ts";
import type { Store } from "../store/store.ts";
import type { Tables } from "../store/tables.ts";
import type { RateCells } from "./cells.ts";

/** Takes one more of a cell if it is on time, in one statement: others may take of it in the same moment. */
async function tryTake(
  db: Kysely<Tables>,
  {
    cell,
    at,
    interval,
    tolerance,
  }: { readonly cell: string; readonly at: number; readonly interval: number; readonly tolerance: number },
): Promise<number | undefined> {
  const row = await db
    .insertInto("rates")
    .values({ cell, due_at: at + interval })
    .onConflict((conflict) =>
      conflict
        .column("cell")
        .doUpdateSet((of) => ({
          due_at: sql<number>`case when ${of.ref("rates.due_at")} > ${at} then ${of.ref("rates.due_at")} else ${at} end + ${interval}`,
        }))
        .where("rates.due_at", "<=", at + tolerance - interval),
    )
    .returning("due_at")
    .executeTakeFirst();
  return row?.due_at;
}

/** Cells in a store, for all gateways that share it. The same algorithm as in memory, in whole microseconds. */
export function storeCells(store: Store, { perMinute, burst }: RateLimit): RateCells {
  const interval = Math.round(60_000_000 / perMinute);
  const tolerance = interval * burst;

  return {
    take: async (cell, milliseconds) => {
      const at = Math.round(milliseconds * 1000);
      const next = await store.write(({ db }) => tryTake(db, { cell, at, interval, tolerance }));
      if (next !== undefined) {
        const remaining = Math.floor((tolerance - (next - at)) / interval);
        return { allowed: true, remaining, retryMs: 0, fullMs: (next - at) / 1000 };
      }
      const row = await store.read((db) =>
        db.selectFrom("rates").select("due_at").where("cell", "=", cell).executeTakeFirst(),
      );
      const due = Math.max(row?.due_at ?? at, at);
      const retryMs = Math.max(0, due + interval - tolerance - at) / 1000;
      return { allowed: false, remaining: 0, retryMs, fullMs: (due - at) / 1000 };
    },
  };
}
