import type { Rule } from "../control/schemas.ts";
import type { FaultField } from "./fault-form.ts";

const about = {
  op: "The op whose calls it meets; any is all of them.",
  effect:
    "delay and latency answer later, drip slowly; status, refuse and html answer something else; truncate, huge and close spoil the answer.",
  close_when: "before: the call is not applied. after: it is, and nobody hears of it: an unknown outcome.",
  applied: "Whether the call is applied although its answer says something else.",
  error: "The word of the refusal, such as LIMIT, AUTHFAIL or TOKENBREACH.",
  code: "The code of the refusal.",
  status: "The HTTP status, 400 to 599.",
  ms: "How much later it answers.",
  median_ms: "Half of the answers come sooner than this, a few much later.",
  bytes: "Bytes of the answer: how many at a time, at least, or until it is cut.",
  every_ms: "Between two pieces of the answer.",
  probability: "0 to 1. With the same seed and the same calls, the same ones are met.",
  count: "How many calls it meets before it is over; empty for all of them.",
  after: "How many calls it lets pass first; empty for none.",
  seed: "What chance begins with. The seed is one for all faults.",
  inject: "It goes behind the faults that are there, and counting begins anew.",
} as const satisfies Record<FaultField, string>;

/** What a field of a fault is for. */
export const aboutFault = (field: FaultField): string => about[field];

const shown = ["when", "status", "error", "code", "ms", "median_ms", "bytes", "every_ms", "applied"] as const;

const shownValue = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

/** What a rule does: `status 503`, `close after`. */
export const ruleWords = (rule: Rule): string =>
  [
    rule.effect,
    ...shown.flatMap((name) => {
      const value = rule[name];
      if (value === undefined) return [];
      if (value === true) return [name];
      return name === rule.effect || name === "when"
        ? [shownValue(value)]
        : [`${name.replaceAll("_", " ")} ${shownValue(value)}`];
    }),
  ].join(" ");

/** When a rule fires: `always`, `10 %`, `at most 2, after 5`. */
export function ruleChance({ probability, count, after }: Rule): string {
  const parts = [
    probability === undefined || probability === 1 ? "" : `${Math.round(probability * 1000) / 10} %`,
    count === undefined ? "" : `at most ${count}`,
    after === undefined || after === 0 ? "" : `after ${after}`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? "always" : parts.join(", ");
}

/** The ops that a rule meets. */
export const ruleOps = ({ op }: Rule): string => (op === undefined ? "any" : [op].flat().join(", "));
