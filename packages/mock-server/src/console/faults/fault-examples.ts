import type { FaultPlan } from "../../faults/plan.ts";

/** A plan that is ready to be injected. */
export interface FaultExample {
  readonly id: string;
  readonly label: string;
  readonly plan: FaultPlan;
}

/** The faults that a caller should have met once. */
export const faultExamples: readonly FaultExample[] = [
  {
    id: "lost",
    label: "The next groupadd is done, and its answer is lost",
    plan: { rules: [{ op: "groupadd", count: 1, effect: "close", when: "after" }] },
  },
  {
    id: "not-applied",
    label: "The next groupadd is not done: the connection closes before",
    plan: { rules: [{ op: "groupadd", count: 1, effect: "close", when: "before" }] },
  },
  {
    id: "breach",
    label: "The token is used from too many addresses",
    plan: { rules: [{ effect: "refuse", error: "TOKENBREACH", code: 401 }] },
  },
  {
    id: "gateway",
    label: "One request in ten meets a 502, the same ones in each run",
    plan: { seed: 1, rules: [{ effect: "status", status: 502, probability: 0.1 }] },
  },
  {
    id: "slow",
    label: "Half of the requests take longer than 250 ms",
    plan: { rules: [{ effect: "latency", median_ms: 250 }] },
  },
];
