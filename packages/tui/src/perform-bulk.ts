import type { Client } from "@mesibo-groups/core";
import type { Edit } from "./bulk/edit.ts";
import { planEdits } from "./bulk/plan.ts";
import type { JobResult } from "./bulk/result.ts";
import { runPlan } from "./bulk/run.ts";
import { makeUsers } from "./bulk/users.ts";
import { progressWords } from "./bulk/words.ts";
import type { BulkEffect } from "./state/effects.ts";
import { plural } from "./text/words.ts";

/** What a bulk job is performed with. */
export interface BulkPerformance {
  readonly client: Client;
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Says how far a long task has come. */
  readonly progress: (text: string) => void;
}

async function runNewUsers(
  { gid, plan }: BulkEffect,
  { client, now, progress }: BulkPerformance,
  stop: AbortSignal,
): Promise<JobResult> {
  const edits = plan.steps.flatMap((step): readonly Edit[] => step.edits);
  const users = await makeUsers(
    { client, edits },
    { stop, onProgress: (made) => progress(`${made} of ${plural(edits.length, "user")} made`) },
  );
  const added = await run({ gid, plan: planEdits(users.made) }, { client, now, progress }, stop);
  return {
    ...added,
    refused: [...users.refused, ...added.refused],
    notSent: [...users.notSent, ...added.notSent],
    calls: users.calls + added.calls,
  };
}

function run(
  { gid, plan }: Pick<BulkEffect, "gid" | "plan">,
  { client, now, progress }: BulkPerformance,
  stop: AbortSignal,
): Promise<JobResult> {
  const begun = now();
  return runPlan(
    { client, gid, plan },
    { stop, onProgress: (made) => progress(progressWords(made, now() - begun)) },
  );
}

/** Runs a bulk job until it is done or stopped. Rejects only for a mistake of ours. */
export const performBulk = (
  effect: BulkEffect,
  performance: BulkPerformance,
  stop: AbortSignal,
): Promise<JobResult> =>
  effect.makeUsers ? runNewUsers(effect, performance, stop) : run(effect, performance, stop);
