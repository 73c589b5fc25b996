import type { Resolution, UnknownOperation } from "../gateway/operations.ts";
import type { Effect } from "./effects.ts";
import type { Failure } from "./events.ts";
import type { GatewayChange, GatewayEffect } from "./gateway-effects.ts";
import type { Job, State } from "./model.ts";
import { settledWords } from "./operation-words.ts";
import { noticed, step, type Step } from "./step.ts";

/** What a gateway answered to what is its own. */
export type GatewayAnswer =
  | { readonly kind: "operations_listed"; readonly operations: readonly UnknownOperation[] }
  | { readonly kind: "operation_settled"; readonly effect: GatewayChange }
  | { readonly kind: "gateway_failed"; readonly effect: GatewayEffect; readonly failure: Failure };

const jobResolutions = {
  happened: "happened",
  did_not_happen: "not_happened",
  retried: "repeated",
} as const satisfies Record<Resolution["outcome"], Job["resolution"]>;

/** What a settled operation may have changed is listed again. */
const lookAgain: readonly Effect[] = [{ kind: "list_operations" }, { kind: "list_groups" }];

function failed(state: State, { effect, failure }: Extract<GatewayAnswer, { kind: "gateway_failed" }>): Step {
  const { outcome, text } = failure;
  if (effect.kind === "list_operations") {
    const operations = { ...state.operations, fault: text };
    return step(noticed({ ...state, operations }, outcome, text));
  }
  // Somebody else may have settled it, or this has, and the answer was lost.
  return step(noticed(state, outcome, text), ...(outcome === "not_sent" ? [] : lookAgain));
}

/** The step after an answer of a gateway. */
export function gatewayAnswered(state: State, answer: GatewayAnswer): Step {
  switch (answer.kind) {
    case "operations_listed":
      return step({ ...state, operations: { unknown: answer.operations, fault: undefined } });
    case "operation_settled": {
      const { operation, resolution } = answer.effect;
      const unknown = state.operations.unknown.filter(({ id }) => id !== operation.id);
      const jobs = state.jobs.map((job) =>
        job.operation === operation.id ? { ...job, resolution: jobResolutions[resolution.outcome] } : job,
      );
      const next = { ...state, jobs, operations: { ...state.operations, unknown } };
      return step(noticed(next, "done", settledWords[resolution.outcome]), ...lookAgain);
    }
    case "gateway_failed":
      return failed(state, answer);
  }
}
