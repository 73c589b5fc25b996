import { GatewayError } from "./gateway/errors.ts";
import type { Operations } from "./gateway/operations.ts";
import type { GatewayAnswer } from "./state/gateway-answers.ts";
import type { GatewayEffect } from "./state/gateway-effects.ts";

/** What is being asked of the gateway, for the status line. */
export const gatewayTask = ({ kind }: GatewayEffect): string =>
  kind === "list_operations" ? "asking for unknown operations" : "settling the operation";

async function run(effect: GatewayEffect, operations: Operations): Promise<GatewayAnswer> {
  if (effect.kind === "list_operations")
    return { kind: "operations_listed", operations: await operations.list() };
  const { operation, resolution } = effect;
  await operations.settle({ id: operation.id, resolution });
  return { kind: "operation_settled", effect };
}

/** Asks a gateway, and turns whatever comes of it into an answer. Rejects only for a mistake of ours. */
export async function performGateway(
  effect: GatewayEffect,
  operations: Operations | undefined,
): Promise<GatewayAnswer> {
  if (operations === undefined) {
    const failure = { outcome: "not_sent", text: "This server is no gateway." } as const;
    return { kind: "gateway_failed", effect, failure };
  }
  try {
    return await run(effect, operations);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    const { outcome, message: text } = error;
    return {
      kind: "gateway_failed",
      effect,
      failure: { outcome: outcome === "no_gateway" ? "refused" : outcome, text },
    };
  }
}
