import type { Resolution, UnknownOperation } from "../operation.ts";
import { operationTitle } from "./operation-words.ts";

/** Keeps no more what a job of this session has settled. */
export interface ForgetEffect {
  readonly kind: "forget_operation";
  readonly id: string;
  readonly outcome: "happened" | "did_not_happen";
}

/** Something to ask of who keeps changes of unknown outcome: a gateway, or this machine. */
export type OperationEffect =
  | { readonly kind: "list_operations" }
  | ForgetEffect
  | {
      readonly kind: "settle_operation";
      readonly operation: UnknownOperation;
      readonly resolution: Resolution;
    };

/** A change of what is kept, and of mesibo's data where it is a retry. */
export type OperationChange = Extract<OperationEffect, { kind: "settle_operation" }>;

const kinds: ReadonlySet<string> = new Set([
  "list_operations",
  "forget_operation",
  "settle_operation",
] satisfies OperationEffect["kind"][]);

/** Whether an effect is about what is kept. */
export const isOperationEffect = (effect: { readonly kind: string }): effect is OperationEffect =>
  kinds.has(effect.kind);

/** Whether an effect changes what is kept because somebody wants it so. */
export const isOperationChange = (effect: { readonly kind: string }): effect is OperationChange =>
  effect.kind === "settle_operation";

/** What settling does, in a few words. */
export function settleTitle({ operation, resolution }: OperationChange): string {
  const what = operationTitle(operation);
  switch (resolution.outcome) {
    case "happened":
      return `settle as happened: ${what}`;
    case "did_not_happen":
      return `settle as not happened: ${what}`;
    case "retried":
      return `send again: ${what}`;
  }
}
