import type { Confidence } from "@mesibo-groups/core";
import { findOp } from "@mesibo-groups/core/wire";
import { refusalRules, type RefusalName } from "../engine/refusals.ts";
import type { World } from "../engine/world.ts";
import type { Entry } from "./entry.ts";
import { nearestValue } from "./nearest-value.ts";
import { readEntry } from "./read.ts";
import { ignoredParameters, usedAliases, type Alias, type Ignored } from "./spelling.ts";
import { summarize } from "./summary.ts";

/** A field at fault. */
export interface FieldExplanation {
  readonly name: string;
  /** As it was sent; undefined where it was not. */
  readonly value: string | undefined;
  /** A value that this world would take, close to the one that was sent. */
  readonly nearest: string | undefined;
}

/** Why a request was answered as it was. */
export interface Explanation {
  /** A sentence or two: what happened, why, and what was probably meant. */
  readonly summary: string;
  /** The rule that refused, for a refused request. */
  readonly rule:
    | {
        readonly id: string;
        readonly sentence: string;
        readonly source: string;
        readonly confidence: Confidence;
      }
    | undefined;
  readonly fields: readonly FieldExplanation[];
  /** Parameters that mesibo does not know, and the known ones that they look like. */
  readonly ignored: readonly Ignored[];
  /** Spellings other than mesibo's own, with where they were seen. */
  readonly aliases: readonly Alias[];
  /** Behaviours without a source that the answer rests on. */
  readonly relied: readonly { readonly id: string; readonly sentence: string; readonly source: string }[];
}

const isRefusalName = (name: string): name is RefusalName => Object.hasOwn(refusalRules, name);

const nameByError = new Map(
  Object.keys(refusalRules)
    .filter(isRefusalName)
    .map((name) => [refusalRules[name].error, name]),
);

const ruleNameOf = ({ result, refusal }: Entry): RefusalName | undefined =>
  result === "refused" ? nameByError.get(refusal?.error ?? "") : undefined;

function ruleOf(name: RefusalName): Explanation["rule"] {
  const { cause, source, confidence } = refusalRules[name];
  return { id: `refusal_${name}`, sentence: cause, source, confidence };
}

function fieldsOf(entry: Entry, rule: RefusalName, world: World): readonly FieldExplanation[] {
  const { op, refusal } = entry;
  const { params } = readEntry(entry);
  return (refusal?.properties ?? []).map((name) => {
    const value = name === "op" ? op : params[name];
    // The token is no value to be shown.
    if (name === "token" || value === undefined || value === "")
      return { name, value: undefined, nearest: undefined };
    return {
      name,
      value,
      nearest: nearestValue({ name, value, rule, cause: refusal?.cause ?? "", params, world }),
    };
  });
}

/** Tells why a request was answered so. Values that would have worked are looked up in the world as it is now. */
export function explain(entry: Entry, world: World): Explanation {
  const rule = ruleNameOf(entry);
  const fields = rule === undefined ? [] : fieldsOf(entry, rule, world);
  const ignored = findOp(entry.op) === undefined ? [] : ignoredParameters(entry);
  return {
    summary: summarize(entry, { fields, ignored }),
    rule: rule === undefined ? undefined : ruleOf(rule),
    fields,
    ignored,
    aliases: usedAliases(entry),
    relied: entry.relied.map(({ id, sentence, source }) => ({ id, sentence, source })),
  };
}
