import type { Resolution, UnknownOperation } from "../operation.ts";
import type { Effect } from "./effects.ts";
import type { Failure } from "./events.ts";
import type { OperationChange, OperationEffect } from "./operation-effects.ts";
import { keeperOf } from "./keeper.ts";
import { settledIn } from "./keeping.ts";
import type { Job, State } from "./model.ts";
import { settledWords } from "./operation-words.ts";
import { noticed, step, type Step } from "./step.ts";

/** What became of asking who keeps changes of unknown outcome. */
export type OperationAnswer =
  | { readonly kind: "operations_listed"; readonly operations: readonly UnknownOperation[] }
  | { readonly kind: "operation_forgotten"; readonly id: string }
  | { readonly kind: "operation_settled"; readonly effect: OperationChange }
  | { readonly kind: "operations_failed"; readonly effect: OperationEffect; readonly failure: Failure };

const jobResolutions = {
  happened: "happened",
  did_not_happen: "not_happened",
  retried: "repeated",
} as const satisfies Record<Resolution["outcome"], Job["resolution"]>;

/** What a settled operation may have changed is listed again. */
const lookAgain: readonly Effect[] = [{ kind: "list_operations" }, { kind: "list_groups" }];

function without({ operations, ...state }: State, id: string): State {
  return {
    ...state,
    operations: { ...operations, unknown: operations.unknown.filter((each) => each.id !== id) },
  };
}

function failed(
  state: State,
  { effect, failure }: Extract<OperationAnswer, { kind: "operations_failed" }>,
): Step {
  const { outcome, text } = failure;
  if (effect.kind === "list_operations") {
    const operations = { ...state.operations, fault: text };
    return step(noticed({ ...state, operations }, outcome, text));
  }
  // Somebody else may have settled it, or this has, and the answer was lost.
  return step(noticed(state, outcome, text), ...(outcome === "not_sent" ? [] : lookAgain));
}

/** The step after an answer about operations. */
export function operationsAnswered(state: State, answer: OperationAnswer): Step {
  switch (answer.kind) {
    case "operations_listed": {
      // What was settled while it was listed is listed no more.
      const settled = keeperOf(state.connection) === "here" ? settledIn(state) : undefined;
      const unknown = answer.operations.filter(({ id }) => settled?.has(id) !== true);
      return step({ ...state, operations: { unknown, fault: undefined } });
    }
    case "operation_forgotten":
      return step(without(state, answer.id));
    case "operation_settled": {
      const { operation, resolution } = answer.effect;
      const jobs = state.jobs.map((job) =>
        job.operation === operation.id ? { ...job, resolution: jobResolutions[resolution.outcome] } : job,
      );
      const next = { ...without(state, operation.id), jobs };
      return step(noticed(next, "done", settledWords[resolution.outcome]), ...lookAgain);
    }
    case "operations_failed":
      return failed(state, answer);
  }
}
