import type { Resolution, UnknownOperation } from "../gateway/operations.ts";
import { operationTitle } from "./operation-words.ts";

/** Something to ask of a gateway besides mesibo's own operations. */
export type GatewayEffect =
  | { readonly kind: "list_operations" }
  | {
      readonly kind: "settle_operation";
      readonly operation: UnknownOperation;
      readonly resolution: Resolution;
    };

/** A change of what a gateway keeps, and of mesibo's data where it is a retry. */
export type GatewayChange = Extract<GatewayEffect, { kind: "settle_operation" }>;

/** Whether an effect is for a gateway alone. */
export const isGatewayEffect = (effect: { readonly kind: string }): effect is GatewayEffect =>
  effect.kind === "list_operations" || effect.kind === "settle_operation";

/** Whether an effect changes what a gateway keeps. */
export const isGatewayChange = (effect: { readonly kind: string }): effect is GatewayChange =>
  effect.kind === "settle_operation";

/** What settling does, in a few words. */
export function settleTitle({ operation, resolution }: GatewayChange): string {
  const what = operationTitle(operation);
  switch (resolution.outcome) {
    case "happened":
      return `say to the gateway that it happened: ${what}`;
    case "did_not_happen":
      return `say to the gateway that it did not happen: ${what}`;
    case "retried":
      return `send again: ${what}`;
  }
}
