import { appendEvents, lockJournal } from "../journal/events.ts";
import { newId } from "../new-id.ts";
import { notWrittenDown } from "../operations/end.ts";
import type { Engine } from "../operations/engine.ts";
import { keepQuiet, quietUntil } from "../operations/quiet.ts";
import { releaseOperation } from "../operations/rows.ts";
import type { ProblemError } from "../problem.ts";
import { StoreError } from "../store/errors.ts";
import type { Tx } from "../store/store.ts";
import type { EditItem } from "./edit.ts";
import { gidOf, type Job, type Progress, type Stopped } from "./job.ts";
import { insertJob, LostJob, writeJobEnd } from "./job-record.ts";
import { markEdits } from "./rows.ts";
import type { Batch, Sent } from "./send.ts";
import { settleEdits } from "./settle.ts";

/** Where a job is written down as it goes. */
export interface Ledger {
  /** Whether the job is new and nothing was sent yet. */
  readonly isEmpty: () => boolean;
  /** Whether somebody has asked to stop it. Throws {@link LostJob}. */
  readonly isCancelled: () => Promise<boolean>;
  /** Before the first byte of a batch leaves. The first time the job itself is written down too. */
  readonly begin: (items: readonly EditItem[]) => Promise<void>;
  /** Writes down what a batch has come to, and answers the edits that are known by that. */
  readonly settle: (ended: { readonly batch: Batch; readonly sent: Sent }) => Promise<readonly EditItem[]>;
  /** Forgets a job of which nothing was sent, so that its key is free again. */
  readonly release: () => Promise<void>;
  /** Writes down how it ended. Throws {@link LostJob}. */
  readonly end: (stopped: Stopped | undefined) => Promise<Progress>;
  /** Ends a job in which the gateway made a mistake. */
  readonly giveUp: () => Promise<void>;
}

/** How a job is found. */
export interface LedgerParts {
  readonly job: Job;
  /** Every edit, where the job is not written down yet. */
  readonly items: readonly EditItem[] | undefined;
  readonly progress: Progress;
}

const NO_STORE: Stopped = { reason: "not_sent", detail: "The gateway's database did not take it." };
const MISTAKE: Stopped = { reason: "not_sent", detail: "The gateway made a mistake; its log has more." };

/** Makes the ledger of a job. */
export function createLedger(engine: Engine, { job, items, progress: before }: LedgerParts): Ledger {
  const { store, instance, now } = engine;
  const { id } = job;
  let recorded = items === undefined;
  let progress = before;

  /** Throws unless the job is still this process's. Keeps others from taking it over until the transaction ends. */
  async function own({ db }: Tx, so: Progress): Promise<void> {
    const { numUpdatedRows } = await db
      .updateTable("operations")
      .set({ progress: JSON.stringify(so) })
      .where("id", "=", id)
      .where("instance", "=", instance)
      .where("state", "=", "sending")
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new LostJob();
  }

  function after({ answered, calls }: Sent): Progress {
    const count = (wanted: string): number => answered.filter(({ outcome }) => outcome === wanted).length;
    return {
      ...progress,
      succeeded: progress.succeeded + count("done"),
      failed: progress.failed + count("refused"),
      unknown: progress.unknown + count("unknown"),
      calls: progress.calls + calls,
    };
  }

  async function writeBatch(tx: Tx, batch: Batch, sent: Sent): Promise<readonly EditItem[]> {
    await own(tx, after(sent));
    const { permissions } = batch;
    const settling = { operation: id, gid: gidOf(job), permissions, answered: sent.answered, at: now() };
    const { items: known, events } = await settleEdits(tx, settling);
    const fresh = sent.left.filter(({ status }) => status === "pending").map(({ position }) => position);
    await markEdits(tx.db, { operation: id, positions: fresh, status: "pending" });
    await keepQuiet(tx.db, { gid: gidOf(job), untilAt: quietUntil(engine, gidOf(job)) });
    if (events.length > 0) {
      if (store.kind === "postgres") await lockJournal(tx.db);
      await appendEvents(tx, events);
    }
    return known;
  }

  /** Goes on trying, and tells the caller where to look. */
  function writeLater(work: (tx: Tx) => Promise<unknown>): ProblemError {
    engine.keepTrying(async () => {
      await store.write(work).catch((error: unknown) => {
        if (!(error instanceof LostJob)) throw error;
      });
    });
    return notWrittenDown(id);
  }

  async function end(stopped: Stopped | undefined): Promise<Progress> {
    const write = async (tx: Tx): Promise<Progress> => {
      if (recorded) await own(tx, progress);
      else await insertJob(engine, tx, { job, items: items ?? [] });
      return writeJobEnd(engine, tx, { job, progress, stopped });
    };
    try {
      return await store.write(write);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      throw writeLater(write);
    }
  }

  return {
    isEmpty: () => items !== undefined && progress.calls === 0,
    isCancelled: async () => {
      if (!recorded) return false;
      const row = await store.read((db) =>
        db.selectFrom("operations").select("cancel_asked_at").where("id", "=", id).executeTakeFirst(),
      );
      return row?.cancel_asked_at !== null;
    },
    begin: async (batch) => {
      await store.write(async (tx) => {
        if (recorded) await own(tx, progress);
        else await insertJob(engine, tx, { job, items: items ?? [] });
        await markEdits(tx.db, {
          operation: id,
          positions: batch.map(({ position }) => position),
          status: "sending",
          sent: newId(now()),
        });
      });
      recorded = true;
    },
    settle: async ({ batch, sent }) => {
      const next = after(sent);
      try {
        const known = await store.write((tx) => writeBatch(tx, batch, sent));
        progress = next;
        return known;
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        throw writeLater(async (tx) => {
          await writeBatch(tx, batch, sent);
          await writeJobEnd(engine, tx, { job, progress: next, stopped: NO_STORE });
        });
      }
    },
    release: async () => {
      if (recorded) await store.write(({ db }) => releaseOperation(db, { id, instance }));
    },
    end,
    giveUp: async () => {
      if (recorded) await end(MISTAKE);
    },
  };
}
