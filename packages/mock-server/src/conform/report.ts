import type { Confidence } from "@mesibo-groups/core";
import { fidelity } from "../fidelity.ts";
import { cases } from "./cases/index.ts";
import type { CaseReport } from "./run.ts";
import { untested } from "./untested.ts";

/** What a run found out about one behaviour. */
export interface BehaviourReport {
  readonly id: string;
  readonly sentence: string;
  readonly confidence: Confidence;
  readonly verdict: "confirmed" | "refuted" | "not_tested";
  /** Why it was not tested. */
  readonly reason?: string | undefined;
}

/** What a run came to. */
export interface ConformReport {
  readonly v: 1;
  readonly target: string;
  readonly ok: boolean;
  /** Why the run was given up, where it was. */
  readonly stopped?: string | undefined;
  readonly cases: readonly CaseReport[];
  readonly behaviours: readonly BehaviourReport[];
  /** What was made and could not be removed. */
  readonly left: readonly string[];
}

/** Why a behaviour was not tested. */
function reasonFor(id: string, reports: readonly CaseReport[]): string {
  const known = untested[id];
  if (known !== undefined) return known;
  const ran = new Set(reports.filter(({ result }) => result !== "not_there").map((report) => report.id));
  const showing = cases.filter(({ steps }) => steps.some(({ shows }) => shows.includes(id)));
  return showing.some((each) => ran.has(each.id)) ? "its case did not get so far" : "its case was not run";
}

/** Sums cases up by behaviour: one refutation refutes. */
export function summarise(target: string, reports: readonly CaseReport[]): ConformReport {
  const confirmed = new Set(reports.flatMap((each) => each.confirmed));
  const refuted = new Set(reports.flatMap((each) => each.refuted));
  const behaviours = fidelity
    .flatMap((area) => area.behaviours)
    .map(({ id, sentence, confidence }): BehaviourReport => {
      if (refuted.has(id)) return { id, sentence, confidence, verdict: "refuted" };
      if (confirmed.has(id)) return { id, sentence, confidence, verdict: "confirmed" };
      return {
        id,
        sentence,
        confidence,
        verdict: "not_tested",
        reason: reasonFor(id, reports),
      };
    });
  return {
    v: 1,
    target,
    ok: reports.every(({ result }) => result === "passed" || result === "not_there"),
    stopped: reports.find(({ stopped }) => stopped !== undefined)?.stopped,
    cases: reports,
    behaviours,
    left: reports.flatMap((each) => each.left),
  };
}

const shown = (value: unknown): string => (value === undefined ? "nothing" : JSON.stringify(value));

const words = {
  passed: "passed",
  differs: "DIFFERS",
  not_prepared: "NOT PREPARED",
  not_there: "not there",
  stopped: "STOPPED",
} satisfies Record<CaseReport["result"], string>;

function caseLines({ id, title, result, steps, stopped }: CaseReport): readonly string[] {
  return [
    `${words[result].padEnd(13)}${id}: ${title}`,
    ...(stopped === undefined ? [] : [`  ${stopped}`]),
    ...steps.flatMap(({ step, differences }) =>
      differences.map(
        ({ field, expected, got }) =>
          `  step ${step}, ${field}: expected ${shown(expected)}, got ${shown(got)}`,
      ),
    ),
  ];
}

/** A report for people. */
export function reportText({ target, cases, behaviours, left }: ConformReport): string {
  const of = (verdict: BehaviourReport["verdict"]): readonly BehaviourReport[] =>
    behaviours.filter((each) => each.verdict === verdict);
  const assumed = of("confirmed").filter(({ confidence }) => confidence === "assumed").length;
  const lines = [
    `Conformance of ${target}`,
    "",
    ...cases.flatMap(caseLines),
    "",
    `${of("confirmed").length} behaviours confirmed (${assumed} that the mock only assumes), ${of("refuted").length} refuted, ${of("not_tested").length} not tested.`,
    ...of("refuted").map(({ id, confidence, sentence }) => `REFUTED ${id} (${confidence}): ${sentence}`),
    ...of("not_tested").map(({ id, reason }) => `not tested: ${id}, ${reason ?? ""}`),
    ...left.map((what) => `LEFT BEHIND, remove it by hand: ${what}`),
  ];
  return `${lines.join("\n")}\n`;
}
