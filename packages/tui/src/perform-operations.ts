import { failureOf } from "./failure.ts";
import { GatewayError } from "./gateway/errors.ts";
import { KeptError } from "./kept/error.ts";
import type { Operations } from "./operation.ts";
import { ProfileError } from "./profile/errors.ts";
import type { Failure } from "./state/events.ts";
import type { OperationAnswer } from "./state/operation-answers.ts";
import type { OperationEffect } from "./state/operation-effects.ts";

/** What is being done about operations, for the status line. */
export const operationsTask = ({ kind }: OperationEffect): string =>
  kind === "list_operations" ? "asking for unknown operations" : "settling the operation";

const nothingKept: Operations = {
  list: async () => [],
  settle: ({ id }) => Promise.reject(new KeptError("not_found", `Nothing is kept as ${id} here.`)),
};

async function run(effect: OperationEffect, operations: Operations): Promise<OperationAnswer> {
  switch (effect.kind) {
    case "list_operations":
      return { kind: "operations_listed", operations: await operations.list() };
    case "forget_operation": {
      const { id, outcome } = effect;
      await operations.settle({ id, resolution: { outcome } });
      return { kind: "operation_forgotten", id };
    }
    case "settle_operation": {
      const { operation, resolution } = effect;
      await operations.settle({ id: operation.id, resolution });
      return { kind: "operation_settled", effect };
    }
  }
}

function failureOfKeeper(error: unknown): Failure {
  if (error instanceof KeptError || error instanceof ProfileError)
    return { outcome: "refused", text: error.message };
  if (!(error instanceof GatewayError)) return failureOf(error);
  const { outcome, message: text } = error;
  return { outcome: outcome === "no_gateway" ? "refused" : outcome, text };
}

/** Asks who keeps operations, and turns whatever comes of it into an answer. Rejects only for a mistake of ours. */
export async function performOperations(
  effect: OperationEffect,
  operations: Operations = nothingKept,
): Promise<OperationAnswer> {
  try {
    return await run(effect, operations);
  } catch (error) {
    return { kind: "operations_failed", effect, failure: failureOfKeeper(error) };
  }
}
