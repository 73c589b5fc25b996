import type { Kysely, Selectable } from "kysely";
import { readMeta, writeMeta } from "../store/meta.ts";
import type { EventRow, Tables } from "../store/tables.ts";

/** The last event that was deleted because its time was over; 0 while all are there. Every later one is there. */
const goneUpTo = async (db: Kysely<Tables>): Promise<number> =>
  Number((await readMeta(db, "events-gone")) ?? 0);

/** Deletes the events up to an id, and remembers that they were there. On PostgreSQL the journal is locked by then. */
export async function deleteEvents(db: Kysely<Tables>, upTo: number): Promise<bigint> {
  const value = String(Math.max(upTo, await goneUpTo(db)));
  await writeMeta(db, { name: "events-gone", value });
  return (await db.deleteFrom("events").where("id", "<=", upTo).executeTakeFirst()).numDeletedRows;
}

/** Where the history of events begins and ends. */
export interface History {
  /** The first event that is there, or will be. */
  readonly oldest: number;
  /** The last event that was ever told; 0 before the first. */
  readonly newest: number;
}

/** Reads where the history begins and ends. */
export async function readHistory(db: Kysely<Tables>): Promise<History> {
  const end = (order: "asc" | "desc") =>
    db.selectFrom("events").select("id").orderBy("id", order).limit(1).executeTakeFirst();
  const [first, last] = [await end("asc"), await end("desc")];
  const gone = await goneUpTo(db);
  return { oldest: first?.id ?? gone + 1, newest: last?.id ?? gone };
}

/** Some events, oldest first. */
export interface EventPage {
  readonly rows: readonly Selectable<EventRow>[];
  /** True where events between were deleted: whoever goes on from here would miss them. */
  readonly gone: boolean;
}

/** The events after an id. */
export async function readEvents(
  db: Kysely<Tables>,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<EventPage> {
  const rows = await db
    .selectFrom("events")
    .selectAll()
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit)
    .execute();
  // Looked at after the rows: what is deleted in between can only be said to be gone too early, never too late.
  const gone = rows[0]?.id !== after + 1 && after < (await goneUpTo(db));
  return { rows, gone };
}
