import type { Child } from "hono/jsx";
import type { ControlContext } from "../control/route.ts";
import type { WorldEntry } from "../worlds.ts";
import type { Failure } from "./failure.ts";

/** Somebody at a page of a world. */
export interface Visit {
  readonly context: ControlContext;
  readonly entry: WorldEntry;
  /** The values of the path's `:names`. */
  readonly params: Readonly<Record<string, string>>;
  /** The path of the page. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Scheme, host and port that the visitor used. */
  readonly origin: string;
}

/** A form that was not done: its page shows why, and what was typed. */
export interface Retry {
  readonly failure: Failure;
  readonly form: URLSearchParams;
}

/** Where to go on after a form. */
export type Next = { readonly to: string } | { readonly failure: Failure };

/** Does what a form asks for. */
export type Action = (visit: Visit, form: URLSearchParams) => Promise<Next> | Next;

/** A page of a world. */
export interface Page {
  /** Below the world's path, with `:names`. */
  readonly path: string;
  /** The heading. Throws `ControlProblem` where there is no such page. */
  readonly title: (visit: Visit) => string;
  readonly body: (visit: Visit, retry: Retry | undefined) => Child;
  /** What its forms do, by their field `do`. */
  readonly actions?: Readonly<Record<string, Action>> | undefined;
}

/** What was typed into a form of the page before it failed; undefined for another form. */
export const typedInto = (name: string, retry: Retry | undefined): URLSearchParams | undefined =>
  retry?.form.get("do") === name ? retry.form : undefined;

/** A path that says there which request was done. */
export const afterRequest = (path: string, n: number | undefined): string =>
  n === undefined ? path : `${path}?did=${n}`;

/** The page of a visit again, in the same part of its list; the anchor is where the keyboard was. */
export function backTo({ path, query }: Visit, n: number | undefined, anchor = ""): string {
  const kept = new URLSearchParams();
  const page = query.get("page");
  if (page !== null) kept.set("page", page);
  if (n !== undefined) kept.set("did", String(n));
  const search = kept.size === 0 ? "" : `?${kept.toString()}`;
  return `${path}${search}${anchor === "" ? "" : `#${anchor}`}`;
}
