import { MAX_DELAY_MS } from "./limits.ts";
import type { FaultPlan, FaultRule } from "./plan.ts";
import { createRandom, logNormal, type Random } from "./random.ts";

/** What a fault does to an answer. */
export type Effect = Exclude<FaultRule, { effect: "delay" | "latency" }>;

/** The faults of one request: it waits, and something may become of its answer. */
export interface Fault {
  readonly delayMs: number;
  readonly effect: Effect | undefined;
}

/** A rule with what has become of it. */
export interface RuleState {
  readonly rule: FaultRule;
  /** Calls of its op so far. */
  readonly matched: number;
  readonly fired: number;
}

/** The faults of one world. */
export interface Faults {
  /** Whether there are rules at all. */
  readonly active: () => boolean;
  /** The seed and the rules, with how often each has fired. */
  readonly state: () => { readonly seed: number; readonly rules: readonly RuleState[] };
  readonly set: (plan: FaultPlan) => void;
  readonly clear: () => void;
  /** What happens to the next call of an op; undefined where nothing does. */
  readonly decide: (op: string) => Fault | undefined;
}

/** Spread of a latency when nobody says: the slowest of 100 calls takes three times the median. */
const DEFAULT_SIGMA = 0.5;

const isFor = ({ op }: FaultRule, asked: string): boolean =>
  op === undefined || (typeof op === "string" ? op === asked : op.includes(asked));

const randomSeed = (): number => Math.floor(Math.random() * 2 ** 32);

function delayOf(rule: FaultRule, random: Random): number {
  if (rule.effect === "delay") return rule.ms;
  if (rule.effect !== "latency") return 0;
  const { median_ms, sigma = DEFAULT_SIGMA, max_ms = MAX_DELAY_MS } = rule;
  return Math.min(logNormal(random, median_ms, sigma), max_ms);
}

/** Faults without a rule. */
export function createFaults(): Faults {
  let seed = 0;
  let random = createRandom(seed);
  let rules: { rule: FaultRule; matched: number; fired: number }[] = [];

  /** Counts a call for a rule and throws its die; the die is thrown whatever else a call meets, so runs repeat. */
  const fires = (state: { rule: FaultRule; matched: number; fired: number }): boolean => {
    const { after = 0, count = Number.MAX_SAFE_INTEGER, probability = 1 } = state.rule;
    state.matched += 1;
    const lucky = probability === 1 || random() < probability;
    return lucky && state.matched > after && state.fired < count;
  };

  return {
    active: () => rules.length > 0,
    state: () => ({ seed, rules: rules.map((state) => ({ ...state })) }),
    set: (plan) => {
      seed = plan.seed ?? randomSeed();
      random = createRandom(seed);
      rules = plan.rules.map((rule) => ({ rule, matched: 0, fired: 0 }));
    },
    clear: () => {
      rules = [];
    },
    decide: (op) => {
      let delayMs = 0;
      let effect: Effect | undefined;
      let any = false;
      for (const state of rules) {
        if (!isFor(state.rule, op) || !fires(state)) continue;
        const { rule } = state;
        if (rule.effect === "delay" || rule.effect === "latency") delayMs += delayOf(rule, random);
        else if (effect === undefined) effect = rule;
        // The first rule to fire has the answer; a later one has not fired then.
        else continue;
        state.fired += 1;
        any = true;
      }
      return any ? { delayMs: Math.min(delayMs, MAX_DELAY_MS), effect } : undefined;
    },
  };
}

/** Whether a request with this fault reaches the world. */
export function mayApply(effect: Effect | undefined): boolean {
  if (effect === undefined) return true;
  if (effect.effect === "status" || effect.effect === "html") return effect.applied === true;
  return effect.effect !== "refuse" && !(effect.effect === "close" && effect.when === "before");
}

function describeEffect(effect: Effect): string {
  switch (effect.effect) {
    case "refuse":
      return `refused with ${effect.error}`;
    case "status":
      return `status ${effect.status}`;
    case "html":
      return "HTML instead of JSON";
    case "drip":
      return "answered drop by drop";
    case "huge":
      return "padded answer";
    case "truncate":
      return "cut answer";
    case "close":
      return `closed ${effect.when} it was applied`;
  }
}

/** A fault in a few words, for the journal. */
export function describeFault({ delayMs, effect }: Fault): string {
  const wait = delayMs > 0 ? [`${Math.round(delayMs)} ms late`] : [];
  return [...wait, ...(effect === undefined ? [] : [describeEffect(effect)])].join(", ");
}
