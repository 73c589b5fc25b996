import { appendEvents, lockJournal } from "../journal/events.ts";
import type { Engine } from "../operations/engine.ts";
import type { OperationState, StoredAnswer } from "../operations/operation.ts";
import { KeyTaken, operationPath, writeEnd } from "../operations/perform.ts";
import { insertOperation, releaseOperation } from "../operations/rows.ts";
import { ProblemError } from "../problem.ts";
import { StoreError } from "../store/errors.ts";
import type { Tx } from "../store/store.ts";
import { editProblem, type EditItem } from "./edit.ts";
import { gidOf, noProgress, type Job, type Progress, type Stopped } from "./job.ts";
import { insertEdits, listEdits, markEdits, skipPending } from "./rows.ts";
import type { Batch, Sent } from "./send.ts";
import { settleEdits } from "./settle.ts";

/** Another process has taken the job over, or it has ended. */
export class LostJob extends Error {}

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

/** What the same request gets again: without the edits, which are in rows of their own. */
export function jobAnswer({ id, request }: Job, progress: Progress): StoredAnswer {
  const operation = operationPath(id);
  const body = { operation, gid: request.gid, ...progress };
  return request.in_background
    ? { status: 202, headers: { location: operation, "retry-after": "1" }, body }
    : { status: 207, headers: {}, body };
}

/** The state of an operation that has ended so. */
export function stateOf({ total, succeeded, failed, unknown }: Progress): OperationState {
  if (unknown > 0) return "unknown";
  if (succeeded === total) return "succeeded";
  return failed === total ? "refused" : "partial";
}

const IN_DOUBT = editProblem(
  new ProblemError("upstream-outcome-unknown", {
    detail: "The gateway ended while it waited for mesibo's answer, and could not ask again.",
  }),
  { isolated: true },
);

/** Ends a job: what is pending will not be sent, and what may have been sent stays unknown. */
async function writeJobEnd(
  engine: Engine,
  tx: Tx,
  {
    job,
    progress,
    stopped,
  }: { readonly job: Job; readonly progress: Progress; readonly stopped?: Stopped | undefined },
): Promise<Progress> {
  const operation = job.id;
  const doubtful = await listEdits(tx.db, { operation, statuses: ["sending"] });
  const positions = doubtful.map(({ position }) => position);
  await markEdits(tx.db, { operation, positions, status: "unknown", problem: IN_DOUBT });
  await skipPending(tx.db, operation);
  const unknown = progress.unknown + doubtful.length;
  const { total, succeeded, failed } = progress;
  const skipped = total - succeeded - failed - unknown;
  const end: Progress = { ...progress, unknown, skipped, stopped: stopped ?? null };
  const written = await writeEnd(engine, tx, {
    id: operation,
    action: job.kind,
    asked: job,
    from: ["sending"],
    state: stateOf(end),
    answer: jobAnswer(job, end),
    settled: { gid: gidOf(job), events: [], progress: end },
  });
  if (!written) throw new LostJob();
  return end;
}

/** Writes a job down that begins, with all its edits. */
export async function insertJob(
  engine: Engine,
  tx: Tx,
  { job, items }: { readonly job: Job; readonly items: readonly EditItem[] },
): Promise<void> {
  const { id, kind, actor, requestId, key, request } = job;
  const progress = noProgress(items.length);
  const inserted = await insertOperation(tx.db, {
    id,
    kind,
    actor,
    requestId,
    key,
    gid: request.gid,
    request,
    instance: engine.instance,
    at: engine.now(),
    progress,
    answer: request.in_background ? jobAnswer(job, progress) : undefined,
  });
  if (!inserted) throw new KeyTaken();
  await insertEdits(tx.db, { operation: id, items });
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
    return new ProblemError("store-unavailable", {
      detail:
        "mesibo has answered, and the gateway could not write that down. It goes on trying; look at the operation.",
      sent: "yes",
      retryable: true,
      members: { may_have_happened: true, operation: operationPath(id) },
      headers: { location: operationPath(id), "retry-after": "2" },
    });
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
