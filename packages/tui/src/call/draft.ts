import { parseRequest, type BodyFault, type OpName, type Requests } from "@mesibo-groups/core";
import {
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  stripComments,
  type Node,
  type ParseError,
} from "jsonc-parser";

/** A call as somebody wrote it, in domain words. */
export interface EditedCall {
  readonly op: OpName;
  readonly request: Requests[OpName];
  /** As it will be sent, in v2's JSON without the token. */
  readonly body: string;
}

/** What a text in the editor comes to. */
export type ReadDraft =
  | { readonly kind: "call"; readonly call: EditedCall }
  | { readonly kind: "faults"; readonly faults: readonly string[] }
  | { readonly kind: "empty" };

/** A request as it was made, in any encoding. */
export interface MadeRequest {
  /** Without `?`. Default: none. */
  readonly query?: string | undefined;
  readonly body: string;
}

const HEADER = [
  "// What was asked for, without the token. Change it, save, leave the editor:",
  "// you see what would be sent, and are asked. Unchanged or empty sends nothing.",
];

function jsonObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The pairs of a query or a form; a name that comes more than once has a list. */
function pairsOf(...texts: readonly string[]): Readonly<Record<string, string | readonly string[]>> {
  const pairs = texts.flatMap((text) => [...new URLSearchParams(text)]);
  const named = Map.groupBy(pairs, ([name]) => name);
  return Object.fromEntries(
    [...named].map(([name, all]) => {
      const values = all.map(([, value]) => value);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}

// Every editor shows an escape; what is behind one of these characters, few do.
const hidden = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, at) => {
    const unit = character.charCodeAt(at).toString(16);
    return `\\u${unit.padStart(4, "0")}`;
  }).join("");

/** The parameters of a request as a text to edit: JSON, in the spelling that they came in, without the token. */
export function draftOf({ query = "", body }: MadeRequest): string {
  const json = jsonObject(body);
  const isForm = json === undefined && !/^\s*[[{]/.test(body);
  const parameters = { ...pairsOf(query, isForm ? body : ""), ...json };
  const left = Object.entries(parameters).filter(([name]) => name !== "token" && name !== "id");
  const text = JSON.stringify(Object.fromEntries(left), undefined, 2);
  return `${[...HEADER, text.replaceAll(hidden, escaped)].join("\n")}\n`;
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;

interface Draft {
  readonly text: string;
  readonly tree: Node;
}

/** Faults as sentences, from the first line to the last; what is missing has none. */
function sentences(faults: readonly BodyFault[], { text, tree }: Draft): readonly string[] {
  const placed = faults.map(({ path, words }) => ({
    offset: (path.length === 0 ? tree : findNodeAtLocation(tree, [...path]))?.offset,
    says: `${path.length === 0 ? "it" : path.join(".")} ${words}`,
  }));
  return placed
    .toSorted((one, other) => (one.offset ?? text.length) - (other.offset ?? text.length))
    .map(({ offset, says }) => (offset === undefined ? says : `line ${lineOf(text, offset)}: ${says}`));
}

/** Reads a text that comes back from the editor. Faults name line and field, and quote no value. */
export function readDraft(text: string): ReadDraft {
  if (stripComments(text).trim() === "") return { kind: "empty" };
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (tree === undefined || error !== undefined)
    return { kind: "faults", faults: [`line ${lineOf(text, error?.offset ?? 0)}: this is not JSON`] };
  const parsed = parseRequest(JSON.stringify(getNodeValue(tree)));
  if (!parsed.ok) return { kind: "faults", faults: sentences(parsed.faults, { text, tree }) };
  const { op, request, body } = parsed;
  return { kind: "call", call: { op, request, body } };
}
