import type { OpName } from "@mesibo-groups/core";
import type { FaultPlan } from "../control/control.ts";
import type { Faults, Rule } from "../control/schemas.ts";
import { textField, type TextField } from "./text-field.ts";

/** The ops that a fault can be for; any means all. */
const faultOps = [
  "any",
  "useradd",
  "userset",
  "userdel",
  "usersget",
  "usertoken",
  "groupadd",
  "groupset",
  "groupdel",
  "groupeditmembers",
  "groupgetmembers",
  "groupsget",
  "message",
] as const satisfies readonly (OpName | "any")[];

/** What a fault does, the most usual first. */
const faultEffects = [
  "status",
  "refuse",
  "delay",
  "latency",
  "html",
  "drip",
  "truncate",
  "huge",
  "close",
] as const;

/** One thing that a fault does. */
export type FaultEffect = (typeof faultEffects)[number];

/** The fields that are numbers, each with what it is when nothing else is said; empty means left out. */
const numbers = {
  ms: "1000",
  median_ms: "200",
  bytes: "100",
  every_ms: "100",
  status: "503",
  code: "429",
  probability: "1",
  count: "",
  after: "",
  seed: "1",
} as const;

const texts = { error: "LIMIT", ...numbers } as const;

/** A field of a fault that is typed. */
export type FaultText = keyof typeof texts;

/** One field of the form of a fault. */
export type FaultField = "op" | "effect" | "close_when" | "applied" | FaultText | "inject";

const parts = {
  delay: ["ms"],
  latency: ["median_ms"],
  drip: ["bytes", "every_ms"],
  status: ["status", "applied"],
  refuse: ["error", "code"],
  html: ["applied"],
  truncate: ["bytes"],
  huge: ["bytes"],
  close: ["close_when"],
} as const satisfies Record<FaultEffect, readonly FaultField[]>;

/** A fault while it is written. */
export interface FaultForm {
  readonly field: FaultField;
  readonly op: (typeof faultOps)[number];
  readonly effect: FaultEffect;
  readonly closeWhen: "before" | "after";
  /** Whether the request is applied although its answer is another one. */
  readonly applied: boolean;
  readonly texts: Readonly<Record<FaultText, TextField>>;
  /** What is injected already. */
  readonly before: FaultPlan;
}

const rulesOf = (faults: Faults | undefined): readonly Rule[] => faults?.rules.map(({ rule }) => rule) ?? [];

/** The rules that are injected as a plan that injects the same again. */
export const planOf = (faults: Faults | undefined): FaultPlan => ({
  seed: faults?.seed ?? 1,
  rules: rulesOf(faults),
});

/** The form of a new fault. */
export function newFault(faults: Faults | undefined): FaultForm {
  const before = planOf(faults);
  const seed = before.rules.length === 0 ? texts.seed : String(before.seed);
  const field = (name: FaultText): TextField => textField(name === "seed" ? seed : texts[name]);
  return {
    field: "op",
    op: "any",
    effect: "status",
    closeWhen: "before",
    applied: false,
    texts: {
      error: field("error"),
      ms: field("ms"),
      median_ms: field("median_ms"),
      bytes: field("bytes"),
      every_ms: field("every_ms"),
      status: field("status"),
      code: field("code"),
      probability: field("probability"),
      count: field("count"),
      after: field("after"),
      seed: field("seed"),
    },
    before,
  };
}

/** The fields that the effect has, from top to bottom. */
export const faultFields = ({ effect }: FaultForm): readonly FaultField[] => [
  "op",
  "effect",
  ...parts[effect],
  "probability",
  "count",
  "after",
  "seed",
  "inject",
];

/** Whether a field is typed. */
export const isFaultText = (field: FaultField): field is FaultText => field in texts;

function turned<Choice>(all: readonly Choice[], current: Choice, by: 1 | -1): Choice {
  return all[(all.indexOf(current) + by + all.length) % all.length] ?? current;
}

/** The form with the next or previous field in focus. */
export const moveFaultField = (form: FaultForm, by: 1 | -1): FaultForm => ({
  ...form,
  field: turned(faultFields(form), form.field, by),
});

/** The form after the choice in focus goes one on or back. */
export function changeFaultChoice(form: FaultForm, by: 1 | -1): FaultForm {
  const { field } = form;
  if (isFaultText(field)) return form;
  switch (field) {
    case "op":
      return { ...form, op: turned(faultOps, form.op, by) };
    case "effect":
      return { ...form, effect: turned(faultEffects, form.effect, by) };
    case "close_when":
      return { ...form, closeWhen: form.closeWhen === "before" ? "after" : "before" };
    case "applied":
      return { ...form, applied: !form.applied };
    case "inject":
      return form;
  }
}

/** The form after a change of the text in its focus. */
export const editInFault = (form: FaultForm, edit: (field: TextField) => TextField): FaultForm =>
  isFaultText(form.field)
    ? { ...form, texts: { ...form.texts, [form.field]: edit(form.texts[form.field]) } }
    : form;

const labels = {
  op: "Op",
  effect: "Effect",
  close_when: "Close",
  applied: "Applied",
  error: "Error",
  ms: "Milliseconds",
  median_ms: "Median, ms",
  bytes: "Bytes",
  every_ms: "Every, ms",
  status: "Status",
  code: "Code",
  probability: "Probability",
  count: "At most",
  after: "After",
  seed: "Seed",
  inject: "",
} as const satisfies Record<FaultField, string>;

/** What a field of a fault is called. */
export const faultLabel = (field: FaultField): string => labels[field];

/** A plan that was read from the form. */
export type FaultDraft =
  | { readonly ok: true; readonly plan: FaultPlan }
  | { readonly ok: false; readonly fault: string };

function valueOf(form: FaultForm, field: FaultField): readonly (readonly [string, unknown])[] {
  if (field === "applied") return form.applied ? [["applied", true]] : [];
  if (field === "close_when") return [["when", form.closeWhen]];
  if (!isFaultText(field)) return [];
  const text = form.texts[field].text.trim();
  if (text === "") return [];
  return [[field, field === "error" ? text : Number(text)]];
}

function textFault(form: FaultForm, field: FaultText): string | undefined {
  const text = form.texts[field].text.trim();
  if (text === "")
    return texts[field] === "" ? undefined : `${labels[field]} is empty; it was ${texts[field]}.`;
  if (field === "error") return undefined;
  const pattern = field === "probability" ? /^(?:0(?:\.\d+)?|\.\d+|1(?:\.0*)?)$/ : /^-?\d{1,12}$/;
  if (pattern.test(text)) return undefined;
  const wanted = field === "probability" ? "a number from 0 to 1" : "a whole number";
  return `${labels[field]} must be ${wanted}, not ${JSON.stringify(text.slice(0, 40))}.`;
}

/** Reads the form. The fault is a sentence that names the field; the mock knows the limits of each. */
export function faultDraft(form: FaultForm): FaultDraft {
  const fields = faultFields(form);
  const fault = fields
    .filter(isFaultText)
    .map((field) => textFault(form, field))
    .find((found) => found !== undefined);
  if (fault !== undefined) return { ok: false, fault };
  const values = fields.filter((field) => field !== "seed").flatMap((field) => valueOf(form, field));
  const op = form.op === "any" ? {} : { op: form.op };
  // A probability of 1 is what every rule has.
  const rule = { effect: form.effect, ...op, ...Object.fromEntries(values) };
  const { probability, ...always } = { probability: 1, ...rule };
  return {
    ok: true,
    plan: {
      seed: Number(form.texts.seed.text.trim()),
      rules: [...form.before.rules, probability === 1 ? always : rule],
    },
  };
}
