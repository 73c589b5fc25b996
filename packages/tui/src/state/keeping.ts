import type { Effect } from "./effects.ts";
import { keeperOf, listKept } from "./keeper.ts";
import type { Job, State } from "./model.ts";
import type { ForgetEffect } from "./operation-effects.ts";

const outcomes = {
  happened: "happened",
  there: "happened",
  repeated: "happened",
  not_happened: "did_not_happen",
  not_there: "did_not_happen",
} as const satisfies Record<NonNullable<Job["resolution"]>, ForgetEffect["outcome"]>;

/** Whether a job was sent again, and that was done. */
const isDoneAgain = (jobs: readonly Job[], { id }: Job): boolean =>
  jobs.some(
    ({ effect, outcome }) =>
      outcome === "done" &&
      effect.kind === "run_bulk" &&
      effect.follows?.as === "retry" &&
      effect.follows.job === id,
  );

/** The operations whose jobs are settled, and how. */
export function settledIn({ jobs }: State): ReadonlyMap<string, ForgetEffect["outcome"]> {
  return new Map(
    jobs.flatMap((job) => {
      const { operation, resolution } = job;
      if (operation === undefined || resolution === undefined) return [];
      if (resolution === "repeated" && !isDoneAgain(jobs, job)) return [];
      return [[operation, outcomes[resolution]] as const];
    }),
  );
}

function forgotten(before: State, after: State): readonly ForgetEffect[] {
  const settled = settledIn(before);
  const left = new Set(after.operations.unknown.map(({ id }) => id));
  // Settled where it is kept, and the job by that.
  const gone = new Set(before.operations.unknown.map(({ id }) => id).filter((id) => !left.has(id)));
  return [...settledIn(after)].flatMap(([id, outcome]) =>
    settled.has(id) || gone.has(id) ? [] : [{ kind: "forget_operation" as const, id, outcome }],
  );
}

const keptJobs = ({ jobs }: State): number => jobs.filter(({ operation }) => operation !== undefined).length;

/**
 * What a step asks of this machine besides: to keep no more what the job of it has settled, and to list what has
 * become unknown.
 */
export function keeping(before: State, after: State): readonly Effect[] {
  if (before.jobs === after.jobs || keeperOf(after.connection) !== "here") return [];
  const isMore = keptJobs(after) > keptJobs(before);
  return [...forgotten(before, after), ...(isMore ? listKept(after.connection) : [])];
}
