/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";

const PAGE_SIZE = 100;

/** A part of a list that may be long. */
export interface Slice<T> {
  readonly items: readonly T[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  readonly total: number;
}

/** The part of a list that `?page=` asks for. */
export function sliceOf<T>(all: readonly T[], query: URLSearchParams): Slice<T> {
  const pages = Math.max(1, Math.ceil(all.length / PAGE_SIZE));
  const asked = query.get("page") ?? "";
  const page = Math.min(pages, /^\d{1,6}$/.test(asked) ? Math.max(1, Number(asked)) : 1);
  return { items: all.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE), page, pages, total: all.length };
}

/** Links to the other parts; nothing where there are none. */
export function Pager({ slice, path }: { slice: Slice<unknown>; path: string }): JSX.Element | null {
  const { page, pages } = slice;
  if (pages === 1) return null;
  return (
    <nav class="pager" aria-label="Pages of the list">
      {page > 1 ? (
        <a href={`${path}?page=${page - 1}`} rel="prev">
          ← Previous
        </a>
      ) : null}
      <span>
        Page {page} of {pages}
      </span>
      {page < pages ? (
        <a href={`${path}?page=${page + 1}`} rel="next">
          Next →
        </a>
      ) : null}
    </nav>
  );
}
