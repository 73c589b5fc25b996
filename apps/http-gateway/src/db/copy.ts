import { presentInstances } from "../instances.ts";
import { StoreError } from "../store/errors.ts";
import { deleteMeta, readMeta, writeMeta } from "../store/meta.ts";
import type { Store } from "../store/store.ts";
import { copiedNames, type CopiedTable } from "./copied.ts";
import { COPY_MARK, digestOf, rowsOf, writeRows, type Digest } from "./rows.ts";
import { countedTables, lastId, setLastId } from "./sequence.ts";

/** A copy that was not made, or cannot be trusted. The message says what to do. */
class CopyError extends Error {
  override readonly name = "CopyError";
}

/** A copy to make. Both stores are opened for this alone. */
export interface Copy {
  readonly from: Store;
  readonly to: Store;
  /** Unix milliseconds. */
  readonly now: number;
  readonly onTable?: ((table: CopiedTable, digest: Digest) => void) | undefined;
}

/** Throws where a gateway uses a store. With a file, whoever has it open keeps everybody else out. */
async function refuseLive(store: Store, now: number): Promise<void> {
  if (store.kind === "sqlite") return;
  const others = await presentInstances(store, { own: "", now });
  if (others.size <= 1) return;
  throw new CopyError(
    `A gateway uses ${store.place}: end it, wait half a minute where it was killed, and try again.`,
  );
}

async function isEmpty(store: Store): Promise<boolean> {
  for (const table of copiedNames) {
    for await (const rows of rowsOf(store, table)) if (rows.length > 0) return false;
  }
  return true;
}

/** Whether a copy into a store was begun and not finished. */
export const isUnfinished = async (store: Store): Promise<boolean> =>
  (await store.read((db) => readMeta(db, COPY_MARK))) !== undefined;

/** Throws `StoreError` `unusable` where a copy into a store was begun and not finished. */
export async function refuseUnfinished(store: Store): Promise<void> {
  if (!(await isUnfinished(store))) return;
  throw new StoreError(
    "unusable",
    `${store.place} is a copy that was not finished: run mesibo-gateway db copy again, or drop it.`,
  );
}

/** Empties a store that holds nothing but an earlier copy that was not finished. */
async function begin({ from, to }: Copy): Promise<void> {
  if (!(await isUnfinished(to)) && !(await isEmpty(to))) {
    throw new CopyError(`${to.place} is not empty: copy into a new database.`);
  }
  await to.write(async ({ db }) => {
    for (const table of copiedNames.toReversed()) await db.deleteFrom(table).execute();
    await writeMeta(db, { name: COPY_MARK, value: from.place });
  });
}

/**
 * Copies everything that a store keeps into an empty one, and reads both again to compare them. Begun again after
 * an interruption, it starts from the beginning; no gateway starts on what is not finished.
 *
 * Throws {@link CopyError} where a gateway uses one of the two, the other is not empty, or they differ.
 */
export async function copyStore(copy: Copy): Promise<void> {
  const { from, to, now, onTable } = copy;
  if (from.place === to.place) throw new CopyError("--from and --to are the same place.");
  await refuseUnfinished(from);
  await refuseLive(from, now);
  await refuseLive(to, now);
  await begin(copy);
  for (const table of copiedNames) {
    for await (const rows of rowsOf(from, table)) {
      await to.write(({ db }) => writeRows({ db, table, kind: to.kind }, rows));
    }
  }
  for (const table of countedTables) {
    const last = await from.read((db) => lastId({ db, kind: from.kind, table }));
    await to.write(({ db }) => setLastId({ db, kind: to.kind, table }, last));
  }
  for (const table of copiedNames) {
    const [here, there] = [await digestOf(from, table), await digestOf(to, table)];
    if (here.hash !== there.hash) {
      throw new CopyError(
        `${table} differs after the copy (${here.rows} and ${there.rows} rows): nobody may write meanwhile. Try again.`,
      );
    }
    onTable?.(table, there);
  }
  await refuseLive(from, Date.now());
  await to.write(({ db }) => deleteMeta(db, COPY_MARK));
}
