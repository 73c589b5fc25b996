import {
  MembersError,
  type Address,
  type Client,
  type Gid,
  type MemberFailure,
  type MembersOptions,
  type MembersProgress,
  type MembersReport,
} from "@mesibo-groups/core";
import { failureOf, isStranger } from "../failure.ts";
import { operationOf } from "../operation-of.ts";
import type { Edit } from "./edit.ts";
import { callsOf, type Plan, type Step } from "./plan.ts";
import type { Failed, JobResult } from "./result.ts";

/** A plan and where it goes. */
export interface Job {
  readonly client: Client;
  readonly gid: Gid;
  readonly plan: Plan;
}

/** How far a job has come. */
export interface JobProgress {
  readonly calls: number;
  /** Calls of the plan; isolating refused members takes more. */
  readonly planned: number;
  readonly done: number;
  readonly refused: number;
  readonly unknown: number;
  readonly total: number;
}

/** How a job is run. */
export interface RunOptions extends Pick<MembersOptions, "signal" | "stop"> {
  /** Called after each call. */
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
  /** Calls that may be spent on finding the members at fault. Default: 64, or 16 for each planned call. */
  readonly isolationCalls?: number | undefined;
}

/** Calls for isolating where nothing else is asked for. */
const isolationCallsOf = ({ calls }: Plan): number => Math.max(64, 16 * calls);

const nothing: JobResult = { done: [], refused: [], unknown: [], notSent: [], calls: 0 };

/** The reason of what a cancel kept back. */
export const CANCELLED = "Not sent: the job was cancelled before.";

const HELD =
  "Not sent: not everybody else was done, and nobody is removed before that. Correct the list and compare again.";

const fail = (edits: readonly Edit[], reason: string): readonly Failed[] =>
  edits.map((edit) => ({ edit, reason }));

function reasonOf({ error, isolated }: MemberFailure): string {
  const { text } = failureOf(error);
  return isolated || error.outcome !== "refused" ? text : `Refused together with others: ${text}`;
}

const stopReason = ({ stoppedBy }: MembersReport): string | undefined =>
  stoppedBy === undefined ? undefined : `Not sent: the job stopped. ${failureOf(stoppedBy).text}`;

function resultOf(step: Step, report: MembersReport): JobResult {
  const editOf = new Map(step.edits.map((edit) => [edit.address, edit]));
  const editsOf = (addresses: readonly Address[]): readonly Edit[] =>
    addresses.flatMap((address) => editOf.get(address) ?? []);
  const failed = (failures: readonly MemberFailure[]): readonly Failed[] =>
    failures.flatMap((failure) =>
      editsOf([failure.address]).map((edit) => ({
        edit,
        reason: reasonOf(failure),
        // Who was refused together with others may well be a user.
        operation: operationOf(failure.error),
        stranger: (failure.isolated && isStranger(failure)) || undefined,
      })),
    );
  return {
    done: editsOf(report.done),
    refused: failed(report.refused),
    unknown: failed(report.unknown),
    notSent: fail(editsOf(report.notSent), stopReason(report) ?? CANCELLED),
    calls: report.calls,
  };
}

const plus = (a: JobResult, b: JobResult): JobResult => ({
  done: [...a.done, ...b.done],
  refused: [...a.refused, ...b.refused],
  unknown: [...a.unknown, ...b.unknown],
  notSent: [...a.notSent, ...b.notSent],
  calls: a.calls + b.calls,
});

interface StepEnd {
  readonly made: JobResult;
  /** Why no later step may go out. */
  readonly stopped: string | undefined;
}

function send({ client, gid }: Job, step: Step, options: MembersOptions): Promise<MembersReport> {
  const addresses = step.edits.map(({ address }) => address);
  if (step.kind === "remove") return client.members.remove({ gid, addresses }, options);
  return client.members.add({ gid, addresses, permissions: step.permissions }, options);
}

async function runStep(job: Job, step: Step, options: MembersOptions): Promise<StepEnd> {
  try {
    return { made: resultOf(step, await send(job, step, options)), stopped: undefined };
  } catch (error) {
    if (error instanceof MembersError)
      return { made: resultOf(step, error.report), stopped: stopReason(error.report) };
    // The client looked at the list and sent nothing of it; another step may be fine.
    return { made: { ...nothing, notSent: fail(step.edits, failureOf(error).text) }, stopped: undefined };
  }
}

/**
 * Runs a plan, one call after the other. Never rejects for what the server does: what became of each edit is in
 * the result. After an unknown outcome, a lost connection, a refusal of the whole group or a cancel no further
 * call starts.
 */
export async function runPlan(job: Job, options: RunOptions = {}): Promise<JobResult> {
  const { plan } = job;
  const { signal, stop } = options;
  let isolationCalls = options.isolationCalls ?? isolationCallsOf(plan);
  let result = nothing;
  let stopped: string | undefined;
  for (const step of plan.steps) {
    if (stopped === undefined && (signal?.aborted === true || stop?.aborted === true)) stopped = CANCELLED;
    const failed = result.refused.length + result.notSent.length > 0;
    if (stopped === undefined && plan.strict === true && step.kind === "remove" && failed) stopped = HELD;
    if (stopped !== undefined) {
      result = plus(result, { ...nothing, notSent: fail(step.edits, stopped) });
      continue;
    }
    const before = result;
    const onProgress = (step: MembersProgress): void => {
      options.onProgress?.({
        calls: before.calls + step.calls,
        planned: plan.calls,
        done: before.done.length + step.done,
        refused: before.refused.length + step.refused,
        unknown: before.unknown.length + step.unknown,
        total: plan.members,
      });
    };
    const end = await runStep(job, step, { signal, stop, isolationCalls, onProgress });
    isolationCalls = Math.max(0, isolationCalls - Math.max(0, end.made.calls - callsOf(step)));
    result = plus(before, end.made);
    ({ stopped } = end);
  }
  return result;
}
