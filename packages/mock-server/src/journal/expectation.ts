import { nearest } from "@mesibo-groups/core";
import { parameters } from "@mesibo-groups/core/wire";
import { opFault } from "../op-fault.ts";
import type { Entry, EntryResult } from "./entry.ts";
import { namedOp } from "./filter.ts";
import { readEntry } from "./read.ts";

/** A parameter's value as a test writes it down. */
export type ExpectedValue = string | number | boolean | readonly (string | number)[];

/** What a request should look like. What is not given does not matter. */
export interface Expectation {
  readonly op?: string | undefined;
  readonly result?: EntryResult | undefined;
  /** mesibo's error string, for a refused one. */
  readonly error?: string | undefined;
  /** By mesibo's flat name (`gid`, `m`, `cs`) or an alias of it, whatever spelling the request used. */
  readonly params?: Readonly<Record<string, ExpectedValue>> | undefined;
}

/** A field in which a request is not what was expected. */
export interface Difference {
  readonly field: string;
  readonly expected: string;
  /** Undefined where the request has no such field. */
  readonly actual: string | undefined;
}

const types = new Map(parameters.map(({ name, type }) => [name, type] as const));

const addressNames = new Set(["addr", "from"]);

function expectedText(value: ExpectedValue): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  return typeof value === "object" ? value.join(",") : String(value);
}

/** mesibo's flat name for each of its spellings in a form. */
const nameOf = new Map(
  parameters.flatMap(({ name, aliases = [] }) => aliases.map(({ spelling }) => [spelling, name] as const)),
);

const paramNames = [...new Set([...parameters.map(({ name }) => name), ...nameOf.keys()])];

/** mesibo reads an empty value as none, so no request has one. */
function emptyFault(params: NonNullable<Expectation["params"]>): string | undefined {
  const empty = Object.entries(params).find(
    ([, value]) => value === "" || (Array.isArray(value) && value.length === 0),
  );
  return empty === undefined
    ? undefined
    : `params: ${empty[0]} is empty, and mesibo reads an empty value as none`;
}

/**
 * Why no request could ever be as expected, as a sentence; undefined where one could. A test that forbids a
 * misspelt op would always pass.
 */
export function expectationFault({ op, params = {} }: Expectation): string | undefined {
  const fault = op === undefined ? undefined : opFault(op);
  if (fault !== undefined) return `op: ${JSON.stringify(op)} ${fault}`;
  const unknown = Object.keys(params).find((name) => !paramNames.includes(name));
  if (unknown === undefined) return emptyFault(params);
  const meant = nearest(unknown, paramNames);
  const hint = meant === undefined ? "" : `; did you mean ${JSON.stringify(meant)}?`;
  return `params: ${JSON.stringify(unknown)} is no parameter of mesibo's${hint}`;
}

/** A list in an order of its own, since mesibo minds none. */
const listText = (text: string): string =>
  [...new Set(text.split(",").map((item) => item.trim()))]
    .filter((item) => item !== "")
    .toSorted()
    .join(",");

const switches = new Map([
  ["true", "1"],
  ["false", "0"],
]);

/** A parameter as mesibo reads it, so that spellings of the same value are the same. */
function meaning(name: string, value: string): string {
  const text = value.trim();
  switch (types.get(name)) {
    case "list":
      return listText(text);
    case "boolean":
      return switches.get(text) ?? text;
    case "number":
      return /^(?:\d+|0x[\da-f]+)$/i.test(text) ? String(Number(text)) : text;
    case "text":
    case undefined:
      // An address that stands alone is trimmed as those of lists are; other texts are as they are.
      return addressNames.has(name) ? text : value;
  }
}

function difference(
  field: string,
  expected: string | undefined,
  actual: string | undefined,
): readonly Difference[] {
  return expected === undefined || expected === actual ? [] : [{ field, expected, actual }];
}

/** In what a request differs from what was expected; nothing for one that is as expected. */
export function differences(
  entry: Entry,
  { op, result, error, params = {} }: Expectation,
): readonly Difference[] {
  const sentParams = readEntry(entry).params;
  return [
    ...difference("op", op === undefined ? undefined : namedOp(op), namedOp(entry.op)),
    ...difference("result", result, entry.result),
    ...difference("error", error, entry.refusal?.error),
    ...Object.entries(params).flatMap(([spelling, value]) => {
      const name = nameOf.get(spelling) ?? spelling;
      const sent = sentParams[name];
      const expected = meaning(name, expectedText(value));
      return difference(`params.${name}`, expected, sent === undefined ? undefined : meaning(name, sent));
    }),
  ];
}
