import { operationPath, writeEnd } from "../operations/end.ts";
import type { Engine } from "../operations/engine.ts";
import { KeyTaken } from "../operations/once-for-key.ts";
import type { OperationState, StoredAnswer } from "../operations/operation.ts";
import { insertOperation } from "../operations/rows.ts";
import { ProblemError } from "../problem.ts";
import type { Tx } from "../store/store.ts";
import { editProblem, type EditItem } from "./edit.ts";
import { gidOf, noProgress, type Job, type Progress, type Stopped } from "./job.ts";
import { insertEdits, listEdits, markEdits, skipPending } from "./rows.ts";

/** Another process has taken the job over, or it has ended. */
export class LostJob extends Error {}

/** What the same request gets again: without the edits, which are in rows of their own. */
export function jobAnswer({ id, request }: Job, progress: Progress): StoredAnswer {
  const operation = operationPath(id);
  const body = { operation, gid: request.gid, ...progress };
  return request.in_background
    ? { status: 202, headers: { location: operation, "retry-after": "1" }, body }
    : { status: 207, headers: {}, body };
}

/** The state of an operation that has ended so. */
function stateOf({ total, succeeded, failed, unknown }: Progress): OperationState {
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

/** Ends a job: what is pending will not be sent, and what may have been sent stays unknown. Throws {@link LostJob}. */
export async function writeJobEnd(
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
  const { id, kind, actor, requestId, traceId, key, request } = job;
  const progress = noProgress(items.length);
  const inserted = await insertOperation(tx.db, {
    id,
    kind,
    actor,
    requestId,
    traceId,
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
