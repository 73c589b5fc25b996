import type { Refusal } from "@mesibo-groups/core";
import { collect, opNames } from "@mesibo-groups/core/wire";
import { cutTexts, type CutText, type Draft, type Entry } from "./entry.ts";

/** The most characters that are kept of a query, of a body and of an answer. */
export const MAX_TEXT = 16_384;

/** The most characters that are kept of any one value of a request. */
export const MAX_VALUE = 1_000;

const names = new Map<string, string>(opNames.map((name) => [name, name]));

/** A text that keeps nothing but itself in memory: a part of a string holds all of it. */
const own = (text: string): string => Buffer.from(text).toString();

const cut = (text: string, most: number): string => (text.length <= most ? text : own(text.slice(0, most)));

/** A value that was read out of a body, and so may be a part of it. */
const value = (text: string): string =>
  own(text.length <= MAX_VALUE ? text : `${text.slice(0, MAX_VALUE - 1)}…`);

const refusalOf = ({ error, code, cause, properties }: Refusal): Refusal => ({
  error,
  code,
  cause: value(cause ?? ""),
  properties,
});

function paramsOf(draft: Draft): Entry["params"] {
  const { params } = collect(draft);
  return Object.fromEntries(Object.entries(params).map(([name, text = ""]) => [name, value(text)]));
}

const nothing: readonly CutText[] = [];

/** What a journal keeps of request number `n`: so much of each text, and nothing that holds more in memory. */
export function keep(n: number, draft: Draft): Entry {
  const { query, body, answer } = draft;
  // Asked for with every request, and there is nothing to cut in nearly all.
  const long = Math.max(query.length, body.length, answer.length) > MAX_TEXT;
  const parts = long ? cutTexts.filter((part) => draft[part].length > MAX_TEXT) : nothing;
  return {
    n,
    at: Date.now(),
    method: draft.method,
    path: draft.path,
    query: cut(query, MAX_TEXT),
    contentType: cut(draft.contentType, MAX_VALUE),
    body: cut(body, MAX_TEXT),
    status: draft.status,
    answer: cut(answer, MAX_TEXT),
    op: names.get(draft.op) ?? value(draft.op),
    result: draft.result,
    refusal: draft.refusal === undefined ? undefined : refusalOf(draft.refusal),
    relied: draft.relied,
    fault: draft.fault,
    cut: parts,
    params: parts.includes("query") || parts.includes("body") ? paramsOf(draft) : undefined,
  };
}

/** The characters of texts that an entry holds. */
export function heldBy({ query, contentType, body, answer, op, refusal, params }: Entry): number {
  const held = query.length + contentType.length + body.length + answer.length + op.length;
  const cause = refusal?.cause?.length ?? 0;
  if (params === undefined) return held + cause;
  return Object.values(params).reduce<number>((sum, text = "") => sum + text.length, held + cause);
}
