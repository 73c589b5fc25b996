import { createHash } from "node:crypto";
import { RefusedError } from "@mesibo-groups/core";
import * as z from "zod";
import { appendJournal } from "./journal/journal.ts";
import { deleteMeta, readMeta, writeMeta } from "./store/meta.ts";
import type { Store } from "./store/store.ts";

// The latch outlives the process: a gateway that is started again by a supervisor must not call on with a token
// that mesibo has refused. It holds for that token only, so another token releases it.

const kept = z.strictObject({
  /** SHA-256 of the token, so that the token is nowhere. */
  token: z.string(),
  op: z.enum(["groupadd", "groupset", "groupdel", "groupeditmembers", "groupgetmembers", "groupsget"]),
  kind: z.enum(["auth", "breach"]),
  refusal: z.strictObject({
    error: z.string(),
    code: z.number().optional(),
    cause: z.string().optional(),
    properties: z.array(z.string()).optional(),
  }),
  at: z.int(),
});

/** What stands for a token where it must not be written. */
export const tokenMark = (token: string): string => createHash("sha256").update(token).digest("hex");

/** Writes down what has stopped the client, and tells it once: the gateways beside this one may find out too. */
export async function keepLatch(
  store: Store,
  { refused, mark, at }: { readonly refused: RefusedError; readonly mark: string; readonly at: number },
): Promise<void> {
  const { op, kind, refusal } = refused;
  const value = JSON.stringify(kept.parse({ token: mark, op, kind, refusal, at }));
  const write = { name: "latch", value } as const;
  await store.write(async (tx) => {
    const other = await tx.db
      .insertInto("meta")
      .values(write)
      .onConflict((conflict) => conflict.column("name").doNothing())
      .returning("name")
      .executeTakeFirst();
    if (other === undefined) {
      const held = await readMeta(tx.db, "latch");
      if (held !== undefined && kept.parse(JSON.parse(held)).token === mark) return;
      // Of another token, which is no longer the one that is used.
      await writeMeta(tx.db, write);
    }
    await appendJournal(store, tx, {
      events: [{ type: "upstream.latched", payload: { op, error: refusal.error }, at }],
      audit: { at, actor: "gateway", action: "latch", requestId: "latch", outcome: "succeeded" },
    });
    await tx.announce("latch");
  });
}

/** What has stopped a client with this token, or undefined. */
export async function readLatch(store: Store, mark: string): Promise<RefusedError | undefined> {
  const held = await store.read((db) => readMeta(db, "latch"));
  if (held === undefined) return undefined;
  const { token, op, kind, refusal } = kept.parse(JSON.parse(held));
  if (token !== mark) return undefined;
  return new RefusedError({ op, kind, sent: "yes", outcome: "refused", attempts: 1 }, refusal);
}

/** Forgets what has stopped a client. Answers whether anything had. */
export async function releaseLatch(store: Store, at: number): Promise<boolean> {
  return store.write(async (tx) => {
    const released = await deleteMeta(tx.db, "latch");
    await tx.announce("latch");
    if (!released) return false;
    await appendJournal(store, tx, {
      events: [{ type: "upstream.released", payload: {}, at }],
      audit: { at, actor: "operator", action: "release_latch", requestId: "cli", outcome: "succeeded" },
    });
    return true;
  });
}
