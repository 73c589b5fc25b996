import type { Kysely } from "kysely";
import type { Store } from "./store/store.ts";
import type { Tables } from "./store/tables.ts";

/** How often a process says that it is there, in milliseconds. */
export const BEAT_MS = 5_000;

/** After this long without a word a process is gone, or has lost the database and sends nothing either. */
const GONE_AFTER_MS = 30_000;

/** A process that says that it is there. */
export interface Instance {
  readonly id: string;
  readonly label: string;
}

async function beat(
  db: Kysely<Tables>,
  { id, label, at }: Instance & { readonly at: number },
): Promise<void> {
  await db
    .insertInto("instances")
    .values({ id, label, started_at: at, seen_at: at })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ seen_at: at }))
    .execute();
}

/** Says that this process is there, now and again and again. Answers how to take leave. */
export async function keepBeating(
  store: Store,
  { now, ...instance }: Instance & { readonly now: () => number },
): Promise<() => Promise<void>> {
  const say = (): Promise<void> => store.write(({ db }) => beat(db, { ...instance, at: now() }));
  await say();
  // A beat that is missed is made up for by the next one.
  const timer = setInterval(() => void say().catch(() => undefined), BEAT_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await store.write(({ db }) => db.deleteFrom("instances").where("id", "=", instance.id).execute());
  };
}

/** The processes that are there. With a store in a file that can only be this one. */
export async function presentInstances(
  store: Store,
  { own, now }: { readonly own: string; readonly now: number },
): Promise<ReadonlySet<string>> {
  if (store.kind === "sqlite") return new Set([own]);
  const rows = await store.read((db) =>
    db
      .selectFrom("instances")
      .select("id")
      .where("seen_at", ">", now - GONE_AFTER_MS)
      .execute(),
  );
  return new Set([own, ...rows.map(({ id }) => id)]);
}
