import { createWorld, type World } from "../engine/world.ts";
import { createKnownMask } from "../known-tokens.ts";
import { mapTexts } from "../mask.ts";
import type { Worlds } from "../worlds.ts";
import type { CutText, Entry } from "./entry.ts";
import { explain, type Explanation } from "./explain.ts";
import { readEntry } from "./read.ts";
import { createEndRedactor, createRedactor } from "./redactor.ts";
import { maskBody, maskQuery, maskUnreadable } from "./secrets.ts";

/** An entry as it may be shown: tokens are masked, in every spelling. */
export interface EntryView {
  readonly n: number;
  /** RFC 3339, of the machine and not of the world's clock. */
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly content_type: string;
  readonly body: string;
  readonly status: number | undefined;
  readonly answer: string;
  /** Which of query, body and answer are not whole. */
  readonly cut: readonly CutText[];
  readonly op: string;
  readonly result: Entry["result"];
  /** mesibo's error string, for a refused one. */
  readonly error: string | undefined;
  readonly fault: string | undefined;
  readonly explanation: Explanation;
}

function show(entry: Entry, world: World): EntryView {
  const { n, at, method, path, query, contentType, body, status, answer, cut, op, result, refusal, fault } =
    entry;
  // Also where a fault took the place of the refusal.
  const unreadable = refusal?.error === "BADREQUEST" || readEntry(entry).unreadable;
  return {
    n,
    at: new Date(at).toISOString(),
    method,
    path,
    query: maskQuery(query),
    content_type: contentType,
    body: unreadable ? maskUnreadable(body) : maskBody(body),
    status,
    answer: maskBody(answer),
    cut,
    op,
    result,
    error: refusal?.error,
    fault,
    explanation: explain(entry, world),
  };
}

/** Shows entries of the world behind a token. */
export function createView(token: string, world: World): (entry: Entry) => EntryView {
  const redact = createRedactor(token);
  const redactEnd = createEndRedactor(token);
  return (entry) => {
    const view = mapTexts(show(entry, world), redact);
    const ends = view.cut.map((part) => [part, redactEnd(view[part])] as const);
    return { ...view, ...Object.fromEntries(ends) };
  };
}

/** Shows entries that reached no world: what is a token in them nobody could tell, so every known one is masked. */
export function createStrayView(worlds: Worlds): (entry: Entry) => EntryView {
  const withoutKnown = createKnownMask(worlds);
  const nowhere = createWorld();
  return (entry) => {
    const view = createView(readEntry(entry).token, nowhere)(entry);
    return mapTexts({ ...view, body: maskUnreadable(view.body) }, withoutKnown);
  };
}
