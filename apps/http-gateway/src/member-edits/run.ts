import { setTimeout } from "node:timers/promises";
import { batchAddresses, RefusedError, MesiboError, type MembersOptions } from "@mesibo-groups/core";
import { KeyTaken } from "../operations/once-for-key.ts";
import { ProblemError } from "../problem.ts";
import { StoreError } from "../store/errors.ts";
import { drainingProblem } from "../shutdown.ts";
import { storeProblem } from "../store-problem.ts";
import { learnQuiet } from "../operations/quiet.ts";
import { upstreamProblem } from "../upstream-problem.ts";
import type { Engine } from "../operations/engine.ts";
import { permissionBits, type EditItem } from "./edit.ts";
import { gidOf, type Job, type Progress, type Stopped, type StopReason } from "./job.ts";
import { LostJob } from "./job-record.ts";
import type { Ledger } from "./ledger.ts";
import { sendBatch, type Batch, type Sent } from "./send.ts";

/** What a job is run with. */
export interface Running {
  readonly job: Job;
  /** What is to be sent: edits that are pending, or that a process which is gone may have sent. */
  readonly items: readonly EditItem[];
  readonly ledger: Ledger;
  /** Aborted when nobody waits for the answer any more. Default: that matters to nobody. */
  readonly callerLeft?: AbortSignal | undefined;
  /** Awaited with the edits that have become known, once that is written down. */
  readonly onKnown?: ((items: readonly EditItem[]) => Promise<void>) | undefined;
  /** Why edits that are not among these are not sent. Default: there are no others. */
  readonly others?: Stopped | undefined;
}

const words = {
  cancelled: "Somebody asked to stop it.",
  caller_left: "Nobody waited for the answer any more.",
  draining: "The gateway was ending.",
} as const satisfies Partial<Record<StopReason, string>>;

/** How long a job that nobody waits for waits where nothing can be sent, time after time. */
const PATIENCE_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;

/** Whether what kept a batch from being sent may pass by itself. */
const mayPass = ({ stoppedBy }: Sent): boolean => stoppedBy?.kind === "not_sent";

const isKnown = (error: unknown): boolean =>
  [MesiboError, ProblemError, StoreError, KeyTaken].some((kind) => error instanceof kind);

/** Splits edits into batches, each of the same permissions. Both keep their order. */
export function batchesOf(items: readonly EditItem[]): Batch[] {
  const alike = Map.groupBy(items, ({ permissions }) =>
    permissions === undefined ? -1 : permissionBits(permissions),
  );
  return [...alike.values()].flatMap((some) => {
    const byAddress = new Map(some.map((item) => [item.address, item]));
    return batchAddresses([...byAddress.keys()]).map((addresses) => ({
      permissions: some[0]?.permissions,
      items: addresses.flatMap((address) => byAddress.get(address) ?? []),
    }));
  });
}

/** Why nothing more is sent after a batch, or undefined where the next one may go. */
function stopAfter(engine: Engine, { stoppedBy }: Sent, job: Job): Stopped | undefined {
  if (stoppedBy === undefined) return undefined;
  if (stoppedBy.outcome === "unknown" && job.request.continue_on_unknown) return undefined;
  const { detail } = upstreamProblem(stoppedBy, engine.client.latched()).facts;
  if (stoppedBy.outcome === "unknown") return { reason: "unknown_outcome", detail };
  return { reason: stoppedBy instanceof RefusedError ? "refused" : "not_sent", detail };
}

/**
 * Sends edits to mesibo batch by batch, each in the group's turn, and writes down what has become of them before
 * anybody hears of it. Answers how it ended; undefined where another process has taken the job over, or where it
 * goes on after the next start.
 *
 * Throws where nothing was sent at all, and nothing is left of the job then; or where the store fails.
 */
export async function runJob(engine: Engine, running: Running): Promise<Progress | undefined> {
  const { job, items, ledger, callerLeft, onKnown, others } = running;
  const { client, store, stopping } = engine;
  const gid = gidOf(job);
  const inBackground = job.request.in_background;
  const queue = batchesOf(items);
  let isolationLeft = job.request.isolation_calls ?? Math.max(64, 16 * queue.length);
  const cancelled = new AbortController();

  function halt(): Stopped | undefined {
    if (stopping.aborted) return { reason: "draining", detail: words.draining };
    if (callerLeft?.aborted === true) return { reason: "caller_left", detail: words.caller_left };
    return cancelled.signal.aborted ? { reason: "cancelled", detail: words.cancelled } : undefined;
  }

  const signals = [stopping, cancelled.signal, ...(callerLeft === undefined ? [] : [callerLeft])];
  const stop = AbortSignal.any(signals);
  const lookWhetherCancelled = async (): Promise<void> => {
    if (await ledger.isCancelled()) cancelled.abort();
  };

  async function send(batch: Batch): Promise<{ readonly sent: Sent; readonly known: readonly EditItem[] }> {
    // What may have been sent before does no harm when it comes twice, in whichever order.
    if (batch.items.some(({ status }) => status !== "sending")) await learnQuiet(engine, gid);
    const options: MembersOptions = {
      stop,
      beforeSend: () => ledger.begin(batch.items),
      beforeCall: lookWhetherCancelled,
      caller: job.actor,
      isolationCalls: isolationLeft,
    };
    const sent = await sendBatch(client, { gid, batch }, options);
    isolationLeft = Math.max(0, isolationLeft - Math.max(0, sent.calls - 1));
    const refusal = client.latched();
    // A refused token is not the fault of the edits: they may try again once the operator has been there.
    const latched = refusal !== undefined && sent.answered.every(({ outcome }) => outcome === "refused");
    const nothing = sent.calls <= 1 && (sent.answered.length === 0 || latched);
    if (nothing && !inBackground && ledger.isEmpty()) throw await nothingSent(sent.stoppedBy ?? refusal);
    return { sent, known: await ledger.settle({ batch, sent }) };
  }

  async function nothingSent(error: MesiboError | undefined): Promise<Error> {
    await ledger.release();
    return error === undefined ? drainingProblem() : upstreamProblem(error, client.latched());
  }

  let stopped: Stopped | undefined;
  let waited = 0;

  /** Waits before a batch of which nothing was sent is tried again. False where that has been long enough. */
  async function wait(): Promise<boolean> {
    const ms = inBackground ? PATIENCE_MS[waited] : undefined;
    waited += 1;
    if (ms !== undefined)
      await setTimeout(ms, undefined, { signal: stop, ref: false }).catch(() => undefined);
    return ms !== undefined;
  }

  try {
    for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) {
      const sending = batch;
      stopped = halt();
      if (stopped !== undefined) break;
      const outcome = await store
        .inTurn(gid, () => send(sending))
        .catch((error: unknown) => {
          if (error instanceof StoreError && (inBackground || !ledger.isEmpty())) return error;
          throw error;
        });
      if (outcome instanceof StoreError) {
        queue.unshift(sending);
        if (await wait()) continue;
        stopped = { reason: "not_sent", detail: storeProblem(outcome).facts.detail };
        break;
      }
      const { sent, known } = outcome;
      if (known.length > 0) await onKnown?.(known);
      stopped = stopAfter(engine, sent, job);
      if (stopped !== undefined && !(mayPass(sent) && (await wait()))) break;
      if (stopped === undefined) waited = 0;
      if (sent.left.length > 0) queue.unshift({ ...sending, items: sent.left });
    }
  } catch (error) {
    if (error instanceof LostJob) return undefined;
    // A mistake of ours: the job must not stay under way for ever.
    if (!isKnown(error)) await ledger.giveUp();
    throw error;
  }
  if (stopped?.reason === "draining") {
    if (inBackground) return undefined;
    if (ledger.isEmpty()) throw drainingProblem();
  }
  return ledger.end(stopped ?? others);
}
