import { nearest } from "@mesibo-groups/core";
import { families, findOp, parameters, wireBehaviours } from "@mesibo-groups/core/wire";
import type { Entry } from "./entry.ts";

/** A spelling that is read although it is not mesibo's own. */
export interface Alias {
  readonly spelling: string;
  /** mesibo's own name. */
  readonly of: string;
  readonly source: string;
}

/** A parameter that is not read. */
export interface Ignored {
  readonly name: string;
  /** A parameter that it looks like. */
  readonly nearest: string | undefined;
}

/** The name of a parameter as the caller spelled it; in JSON with dots. */
interface Spelled {
  readonly name: string;
  readonly json: boolean;
}

const MAX_DEPTH = 4;
const SHORT = 5;

const isPath = (name: string): boolean => name.includes(".");

const aliases = new Map(
  parameters.flatMap(({ name, aliases: others = [] }) =>
    others.map(({ spelling, source }) => [spelling, { spelling, of: name, source }] as const),
  ),
);
const inJson = new Set(
  ["op", "token", "id"].concat(
    parameters.flatMap(({ name, json }) => [name].concat(Object.values(json))),
    ...aliases.keys(),
  ),
);
const inForm = new Set([...inJson].filter((name) => !isPath(name)));
const readIn = (json: boolean): ReadonlySet<string> => (json ? inJson : inForm);

/** mesibo's flat name for a path into JSON. */
const flatNameOf = new Map(
  parameters.flatMap(({ name, json }) => Object.values(json).map((path) => [path, name] as const)),
);

/** Where JSON carries a parameter, by mesibo's flat name for it. */
const pathOf = new Map(parameters.map(({ name, json }) => [name, json] as const));

function leaves(value: unknown, path: string, depth: number): readonly string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value) || depth === MAX_DEPTH)
    return [path];
  const prefix = path === "" ? "" : `${path}.`;
  return Object.entries(value).flatMap(([key, child]) => leaves(child, `${prefix}${key}`, depth + 1));
}

function inBody({ contentType, body }: Entry): readonly Spelled[] {
  if (body === "") return [];
  if (!contentType.toLowerCase().includes("json") && !/^\s*[[{]/.test(body))
    return [...new URLSearchParams(body).keys()].map((name) => ({ name, json: false }));
  try {
    return leaves(JSON.parse(body), "", 0).map((name) => ({ name, json: true }));
  } catch {
    return [];
  }
}

function spelledIn(entry: Entry): readonly Spelled[] {
  const all = [...new URLSearchParams(entry.query).keys()]
    .map((name): Spelled => ({ name, json: false }))
    .concat(inBody(entry))
    .filter(({ name }) => name !== "");
  return [...new Map(all.map((spelled) => [spelled.name, spelled])).values()];
}

/** The spellings of a request that are not mesibo's own, its op included. */
export function usedAliases(entry: Entry): readonly Alias[] {
  const op = findOp(entry.op);
  const family = op === undefined ? undefined : families[op];
  const ofOp =
    op === undefined || op === entry.op
      ? []
      : [{ spelling: entry.op, of: op, source: wireBehaviours.alias_getmembers.source }];
  const ofParameters = spelledIn(entry).flatMap(({ name, json }) => {
    const alias = aliases.get(name);
    if (alias === undefined || !readIn(json).has(name)) return [];
    // What is an alias in a form is the v2 name in a JSON body: flags and message of the op message.
    const own = family !== undefined && pathOf.get(alias.of)?.[family] === name;
    return json && own ? [] : [alias];
  });
  return [...ofOp, ...ofParameters];
}

/** A parameter that a name was meant to be: the same at another place, or one of nearly the same letters. */
function meant({ name, json }: Spelled, op: string): string | undefined {
  const leaf = name.slice(name.lastIndexOf(".") + 1);
  const found = findOp(op);
  const place = found === undefined ? undefined : pathOf.get(leaf)?.[families[found]];
  if (json && place !== undefined) return place;
  if (!json && flatNameOf.has(name)) return flatNameOf.get(name);
  const asked = name.toLowerCase();
  const candidates = [...readIn(json)].filter(
    // Of three letters two make another word: sig is not uid.
    (known) => asked.length >= SHORT || (known[0] === asked[0] && Math.abs(known.length - asked.length) < 2),
  );
  return nearest(asked, candidates);
}

/** The parameters of a request that nobody reads. */
export function ignoredParameters(entry: Entry): readonly Ignored[] {
  return spelledIn(entry)
    .filter(({ name, json }) => !readIn(json).has(name))
    .map((spelled) => ({ name: spelled.name, nearest: meant(spelled, entry.op) }));
}
