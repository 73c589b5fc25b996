import type { Engine } from "../operations/engine.ts";
import { newOperationId } from "../operations/operation.ts";
import { onceForKey, type Performed } from "../operations/once-for-key.ts";
import { findOperation } from "../operations/rows.ts";
import { latchedProblem } from "../upstream-problem.ts";
import type { EditItem, MemberEdit } from "./edit.ts";
import { noProgress, type Job, type JobRequest } from "./job.ts";
import { insertJob, jobAnswer } from "./job-record.ts";
import { createLedger } from "./ledger.ts";
import { runJob } from "./run.ts";

/** What is to be edited, and whether the caller waits for it. */
export interface Prepared {
  readonly edits: readonly MemberEdit[];
  readonly inBackground: boolean;
}

/** A request to edit members. */
export interface EditsAsked extends Omit<Job, "id" | "request"> {
  /** Called once it is known that no request with the same key came before. */
  readonly prepare: () => Promise<Prepared>;
  readonly request: Omit<JobRequest, "total" | "in_background">;
  readonly callerLeft?: AbortSignal | undefined;
  readonly onKnown?: ((items: readonly EditItem[]) => Promise<void>) | undefined;
}

/**
 * Edits members: with the caller, who gets the answer once all of it is known, or in the background. The same
 * request with the same key is done once.
 */
export async function editMembers(engine: Engine, asked: EditsAsked): Promise<Performed> {
  const { prepare, request, callerLeft, onKnown, ...facts } = asked;
  return onceForKey(engine, asked, async () => {
    const { edits, inBackground } = await prepare();
    const job: Job = {
      ...facts,
      id: newOperationId(engine.now()),
      request: { ...request, total: edits.length, in_background: inBackground },
    };
    const items = edits.map((edit, position): EditItem => ({
      ...edit,
      position,
      status: "pending",
      problem: undefined,
    }));
    const progress = noProgress(items.length);
    if (inBackground) {
      const latch = engine.client.latched();
      if (latch !== undefined) throw latchedProblem(latch, "no");
      await engine.store.write((tx) => insertJob(engine, tx, { job, items }));
      const ledger = createLedger(engine, { job, items: undefined, progress });
      engine.inBackground(async () => void (await runJob(engine, { job, items, ledger })));
      return { answer: jobAnswer(job, progress), replayed: false };
    }
    const ledger = createLedger(engine, { job, items, progress });
    const ended = await runJob(engine, { job, items, ledger, callerLeft, onKnown });
    return {
      answer: ended === undefined ? await answerOf(engine, job) : jobAnswer(job, ended),
      replayed: false,
    };
  });
}

/** What another process, which has taken the job over, has made of it by now. */
async function answerOf({ store }: Engine, job: Job) {
  const operation = await store.read((db) => findOperation(db, job.id));
  return operation?.answer ?? jobAnswer(job, noProgress(job.request.total));
}
