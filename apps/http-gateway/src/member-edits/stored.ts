import { appendEvents, lockJournal } from "../journal/events.ts";
import { newId } from "../new-id.ts";
import type { Engine } from "../operations/engine.ts";
import { keepQuiet, lateUntil } from "../operations/quiet.ts";
import type { Settled } from "../operations/kind.ts";
import type { StoredKind } from "../operations/kinds/index.ts";
import { memberPart, type Operation } from "../operations/operation.ts";
import { releaseOperation } from "../operations/rows.ts";
import { touchedSince } from "../operations/touched.ts";
import { ProblemError } from "../problem.ts";
import type { Tx } from "../store/store.ts";
import { gidOf, jobRequest, progress as readProgress, type Job, type Progress } from "./job.ts";
import { jobAnswer } from "./job-record.ts";
import { createLedger } from "./ledger.ts";
import { listEdits, markEdits } from "./rows.ts";
import { batchesOf, runJob } from "./run.ts";
import { sendBatch } from "./send.ts";
import { settleEdits, type Answered, type Settling } from "./settle.ts";

/** The job of an operation that is only known from its row. */
function jobOf({ id, kind, actor, requestId, request }: Operation): Job {
  if (kind !== "edit_members" && kind !== "set_members") throw new Error(`${kind} edits no members`);
  return { id, kind, actor, requestId, key: undefined, request: jobRequest.parse(request) };
}

/** What an operation comes to once its unknown edits are known. */
function resolved(job: Job, progress: Progress): Settled {
  return { gid: gidOf(job), events: [], answer: jobAnswer(job, progress), progress };
}

/** Edits of which something has become known. */
interface Known extends Pick<Settling, "answered" | "at" | "sent"> {
  readonly job: Job;
}

/** Writes edits down that were unknown, and answers the events of those that are known by that. */
async function settleUnknown(
  { db, announce }: Tx,
  { job, answered, at, sent }: Known,
): Promise<Settled["events"]> {
  const events = [];
  const known = answered.filter(({ outcome }) => outcome !== "unknown");
  const alike = Map.groupBy(known, ({ item: { permissions } }) => JSON.stringify(permissions ?? null));
  for (const some of alike.values()) {
    const permissions = some[0]?.item.permissions;
    const settling = { operation: job.id, gid: gidOf(job), permissions, answered: some, at, sent };
    events.push(...(await settleEdits({ db, announce }, settling)).events);
  }
  return events;
}

/** Asks mesibo once more for what is unknown. Within the group's turn. */
async function repeat(engine: Engine, operation: Operation) {
  const { client, store, now } = engine;
  const job = jobOf(operation);
  const gid = gidOf(job);
  const unknown = await store.read((db) => listEdits(db, { operation: operation.id, statuses: ["unknown"] }));
  const answered: Answered[] = [];
  const sentAgain = newId(now());
  for (const batch of batchesOf(unknown.map((item) => ({ ...item, status: "sending" as const })))) {
    const sent = await sendBatch(client, { gid, batch }, {});
    answered.push(...sent.answered);
    if (sent.stoppedBy !== undefined) throw sent.stoppedBy;
  }
  const done = answered.filter(({ outcome }) => outcome === "done").length;
  const before = readProgress.parse(operation.progress);
  const progress: Progress = {
    ...before,
    succeeded: before.succeeded + done,
    unknown: before.unknown - done,
  };
  if (progress.unknown === 0) {
    return async (tx: Tx, at: number): Promise<Settled> => ({
      ...resolved(job, progress),
      events: await settleUnknown(tx, { job, answered, at, sent: sentAgain }),
    });
  }
  await store.write(async (tx) => {
    const events = await settleUnknown(tx, { job, answered, at: now(), sent: sentAgain });
    if (store.kind === "postgres") await lockJournal(tx.db);
    await appendEvents(tx, events);
    await tx.db
      .updateTable("operations")
      .set({ progress: JSON.stringify(progress), answer: JSON.stringify(jobAnswer(job, progress)) })
      .where("id", "=", operation.id)
      .execute();
  });
  throw new ProblemError("upstream-refused", {
    detail: `${done} of ${unknown.length} are done now. mesibo refused to do the others again, which does not tell whether it had done them before: look, and settle them.`,
  });
}

/** Goes on where a process that is gone has stopped: what it may have sent is sent again, for that does no harm. */
async function takeOver(engine: Engine, operation: Operation): Promise<void> {
  const { store, instance } = engine;
  const { id, gid } = operation;
  const untilAt = await lateUntil(engine, operation.instance);
  const isTaken = await store.write(async ({ db }) => {
    const { numUpdatedRows } = await db
      .updateTable("operations")
      .set({ instance })
      .where("id", "=", id)
      .where("instance", "=", operation.instance)
      .where("state", "=", "sending")
      .executeTakeFirst();
    const sent = await listEdits(db, { operation: id, statuses: ["sending"], limit: 1 });
    if (numUpdatedRows > 0n && sent.length > 0) await keepQuiet(db, { gid, untilAt });
    return numUpdatedRows > 0n;
  });
  if (!isTaken) return;
  const job = jobOf(operation);
  const inBackground = job.request.in_background;
  const statuses = inBackground ? (["pending", "sending"] as const) : (["sending"] as const);
  const items = await store.read((db) => listEdits(db, { operation: id, statuses }));
  const progress = readProgress.parse(operation.progress);
  // Nothing was sent, and whoever asked is gone: their key is free again.
  if (!inBackground && items.length === 0 && progress.calls === 0) {
    await store.write(({ db }) => releaseOperation(db, { id, instance }));
    return;
  }
  const ledger = createLedger(engine, { job, items: undefined, progress });
  const others = inBackground
    ? undefined
    : ({
        reason: "caller_left",
        detail: "The gateway ended in the middle, and the caller's connection with it.",
      } as const);
  engine.inBackground(async () => void (await runJob(engine, { job, items, ledger, others })));
}

/** Operations that edit members, known from their rows. */
export const memberEdits: StoredKind = {
  repeatable: true,
  repeat,
  happened: (operation) => async (tx, at) => {
    const job = jobOf(operation);
    const gid = gidOf(job);
    const unknown = await listEdits(tx.db, { operation: operation.id, statuses: ["unknown"] });
    const isTouched = await touchedSince(tx.db, { operation, gid });
    const [late, own] = [true, false].map((touched) =>
      unknown.filter(({ address, sent }) => isTouched(memberPart(address), sent) === touched),
    );
    // In mesibo what came later has won already, and the directory has that.
    for (const { position, permissions } of late ?? []) {
      const status = permissions === undefined ? "removed" : "updated";
      await markEdits(tx.db, { operation: operation.id, positions: [position], status });
    }
    const answered = (own ?? []).map((item): Answered => ({ item, outcome: "done", problem: undefined }));
    const before = readProgress.parse(operation.progress);
    const succeeded = before.succeeded + before.unknown;
    return {
      ...resolved(job, { ...before, succeeded, unknown: 0 }),
      events: await settleUnknown(tx, { job, answered, at }),
    };
  },
  didNotHappen: (operation) => async (tx) => {
    const unknown = await listEdits(tx.db, { operation: operation.id, statuses: ["unknown"] });
    const positions = unknown.map(({ position }) => position);
    await markEdits(tx.db, { operation: operation.id, positions, status: "skipped" });
    const before = readProgress.parse(operation.progress);
    return resolved(jobOf(operation), { ...before, skipped: before.skipped + before.unknown, unknown: 0 });
  },
  takeOver,
};
