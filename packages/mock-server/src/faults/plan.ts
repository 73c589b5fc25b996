import { findOp } from "@mesibo-groups/core/wire";
import * as z from "zod/mini";
import { opFault } from "../op-fault.ts";
import { MAX_DELAY_MS, MAX_DRIP_MS, MAX_HUGE_BYTES } from "./limits.ts";
import { between, only, wholeBetween } from "./members.ts";

const count = wholeBetween(0, Number.MAX_SAFE_INTEGER);
const ms = between(0, MAX_DELAY_MS);

// A rule for an op that is none would wait for ever.
const op = z.string().check((context) => {
  const message = opFault(context.value);
  if (message !== undefined) context.issues.push({ code: "custom", input: context.value, message });
});

/** When a rule fires: for which ops, how probably, how often, and after how many calls that it would fit. */
const when = {
  op: z.exactOptional(z.union([op, z.array(op).check(z.minLength(1))])),
  probability: z.exactOptional(between(0, 1)),
  count: z.exactOptional(count),
  after: z.exactOptional(count),
};

/** Whether the request is applied although its answer is another one. */
const applied = z.exactOptional(z.boolean());

const refuse = only({
  ...when,
  effect: z.literal("refuse"),
  error: z.string().check(z.minLength(1), z.maxLength(100)),
  code: z.exactOptional(z.int()),
  cause: z.exactOptional(z.string().check(z.maxLength(1000))),
});

const status = only({
  ...when,
  effect: z.literal("status"),
  status: wholeBetween(400, 599),
  body: z.exactOptional(z.string().check(z.maxLength(65_536))),
  applied,
});

const html = only({ ...when, effect: z.literal("html"), applied });

const delay = only({ ...when, effect: z.literal("delay"), ms });

const latency = only({
  ...when,
  effect: z.literal("latency"),
  median_ms: ms,
  sigma: z.exactOptional(between(0, 5)),
  max_ms: z.exactOptional(ms),
});

const drip = only({
  ...when,
  effect: z.literal("drip"),
  bytes: wholeBetween(1, Number.MAX_SAFE_INTEGER),
  every_ms: between(1, MAX_DRIP_MS),
});

const huge = only({
  ...when,
  effect: z.literal("huge"),
  bytes: wholeBetween(1, MAX_HUGE_BYTES),
});

const truncate = only({ ...when, effect: z.literal("truncate"), bytes: z.exactOptional(count) });

const close = only({ ...when, effect: z.literal("close"), when: z.enum(["before", "after"]) });

/** A rule as JSON. */
export const faultRule = z.discriminatedUnion("effect", [
  refuse,
  status,
  html,
  delay,
  latency,
  drip,
  huge,
  truncate,
  close,
]);

/** A plan as JSON: rules, or rules with a seed. */
export const faultPlanSchema = z.union([
  z.array(faultRule),
  only({
    seed: z.exactOptional(wholeBetween(0, 0xffff_ffff)),
    rules: z.array(faultRule),
  }),
]);

/**
 * One injected fault: when it fires, and what it does.
 *
 * - `refuse`: mesibo's failure shape with any `error` and `code`; not applied.
 * - `status`: an HTTP status, with a proxy's page unless there is a `body`; not applied unless `applied`.
 * - `html`: a page with status 200; not applied unless `applied`.
 * - `delay`, `latency`: the request is applied `ms` later, or after a time that is log-normal around `median_ms`.
 * - `drip`: the true answer, `bytes` every `every_ms`.
 * - `huge`: the true answer, padded to `bytes` at least.
 * - `truncate`: the true answer cut after `bytes`, or in its middle; then the connection is closed.
 * - `close`: no answer; closed `before` the request is applied or `after`.
 */
export type FaultRule = z.output<typeof faultRule>;

/** Rules, and the seed that makes a run repeatable: the same plan and calls give the same faults. */
export interface FaultPlan {
  /** Unsigned 32-bit. Default: a random one, which the plan tells from then on. */
  readonly seed?: number | undefined;
  readonly rules: readonly FaultRule[];
}

const nameOf = (name: string): string => findOp(name) ?? name;

/** A rule with mesibo's own names of ops: requests are known by those, whatever alias they use. */
const named = (rule: FaultRule): FaultRule =>
  rule.op === undefined
    ? rule
    : { ...rule, op: typeof rule.op === "string" ? nameOf(rule.op) : rule.op.map(nameOf) };

/** A plan from its JSON. */
export function planFromJson(json: z.output<typeof faultPlanSchema>): FaultPlan {
  const plan = Array.isArray(json) ? { rules: json } : json;
  return { ...plan, rules: plan.rules.map(named) };
}
