/** @jsxImportSource hono/jsx */
import type { Context, Hono } from "hono";
import { settled } from "../control/settled.ts";
import { ControlProblem } from "../control/problem.ts";
import type { ControlContext } from "../control/route.ts";
import type { WorldEntry } from "../worlds.ts";
import { layout } from "./parts/layout.tsx";
import { Nav } from "./parts/nav.tsx";
import { DoneNotice, FailureNotice } from "./parts/notice.tsx";
import type { Next, Page, Retry, Visit } from "./page.ts";
import { CONSOLE_PATH } from "./paths.ts";

function entryOf({ worlds }: ControlContext, id: string): WorldEntry {
  const entry = /^\d{1,9}$/.test(id) ? worlds.findById(Number(id)) : undefined;
  if (entry !== undefined) return entry;
  const detail = `This mock has no world ${id.slice(0, 20)}. A world that was reset or made again has another number.`;
  throw new ControlProblem("not-found", detail);
}

/** Somebody at a page. */
export function visitOf(context: ControlContext, c: Context): Visit {
  const { origin, pathname, searchParams } = new URL(c.req.url);
  const params = c.req.param();
  const entry = entryOf(context, params["world"] ?? "");
  return { context, entry, params, path: pathname, query: searchParams, origin };
}

function show(page: Page, visit: Visit, retry?: Retry) {
  return layout({
    title: page.title(visit),
    context: visit.context,
    nav: <Nav visit={visit} path={page.path} />,
    children: (
      <>
        {retry === undefined ? (
          <DoneNotice visit={visit} />
        ) : (
          <FailureNotice visit={visit} failure={retry.failure} />
        )}
        {page.body(visit, retry)}
      </>
    ),
  });
}

async function act(page: Page, visit: Visit, form: URLSearchParams): Promise<Next> {
  const name = form.get("do") ?? "";
  const actions = page.actions ?? {};
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  if (action === undefined) throw new ControlProblem("validation", "The page has no such form.");
  const next = await action(visit, form);
  await settled(visit.context);
  return next;
}

/** Puts the pages of worlds below `/_mock/console/{id}`. */
export function mountPages(app: Hono, context: ControlContext, pages: readonly Page[]): void {
  for (const page of pages) {
    const path = `${CONSOLE_PATH}/:world${page.path}`;
    app.get(path, (c) => c.html(show(page, visitOf(context, c))));
    app.post(path, async (c) => {
      const visit = visitOf(context, c);
      const form = new URLSearchParams(await c.req.text());
      const next = await act(page, visit, form);
      if ("to" in next) return c.redirect(next.to, 303);
      return c.html(show(page, visit, { failure: next.failure, form }), 422);
    });
  }
}
