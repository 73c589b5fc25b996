import type { Gid } from "@mesibo-groups/core";
import type { Kysely } from "kysely";
import { BEAT_MS } from "../instances.ts";
import type { Engine } from "./engine.ts";
import type { Tables } from "../store/tables.ts";

// The client leaves a group alone after a lost change. Written down here, so do other processes, and this one
// after it was started again. Always on the clock of the machine.

/**
 * Tells the client what is written down of a group: another process may have lost a change, or somebody may have
 * looked. Within the group's turn.
 */
export async function learnQuiet(
  { store, client }: Pick<Engine, "store" | "client">,
  gid: Gid,
): Promise<void> {
  const row = await store.read((db) =>
    db.selectFrom("quiets").select("until_at").where("gid", "=", gid).executeTakeFirst(),
  );
  const ms = row === undefined ? 0 : row.until_at - Date.now();
  if (ms > 0) client.quiet.keep({ gid, ms });
  else client.quiet.end(gid);
}

/** Until when the client leaves a group alone, in Unix milliseconds; undefined where it does not. */
export function quietUntil({ client }: Pick<Engine, "client">, gid: Gid): number | undefined {
  const ms = client.quiet.left(gid);
  return ms === 0 ? undefined : Date.now() + ms;
}

/** Leaves a group alone until then, in Unix milliseconds, and forgets what is over. Nothing to do without either. */
export async function keepQuiet(
  db: Kysely<Tables>,
  { gid, untilAt }: { readonly gid: Gid | undefined; readonly untilAt: number | undefined },
): Promise<void> {
  if (gid === undefined || untilAt === undefined) return;
  await db.deleteFrom("quiets").where("until_at", "<=", Date.now()).execute();
  await db
    .insertInto("quiets")
    .values({ gid, until_at: untilAt })
    .onConflict((conflict) =>
      conflict.column("gid").doUpdateSet({ until_at: untilAt }).where("quiets.until_at", "<", untilAt),
    )
    .execute();
}

/** Lets a group be changed: somebody has looked, and knows what became of the lost change. */
export async function endQuiet(db: Kysely<Tables>, gid: Gid): Promise<void> {
  await db.deleteFrom("quiets").where("gid", "=", gid).execute();
}

/** Until when what a dead process has sent may still arrive, in Unix milliseconds. */
export async function lateUntil(
  { store, quietMs }: Pick<Engine, "store" | "quietMs">,
  instance: string,
): Promise<number> {
  const row = await store.read((db) =>
    db.selectFrom("instances").select("seen_at").where("id", "=", instance).executeTakeFirst(),
  );
  const now = Date.now();
  return Math.min(now, row === undefined ? now : row.seen_at + BEAT_MS) + quietMs;
}
