/** @jsxImportSource hono/jsx */
import type { Context, Hono } from "hono";
import type { ControlContext } from "../control/route.ts";
import { askControl } from "./control.ts";
import { visitOf } from "./mount.tsx";
import { CONSOLE_PATH } from "./paths.ts";
import { filterOf, requestsOf } from "./requests/request-filter.ts";
import { MOST_REQUESTS, RequestRows } from "./requests/request-rows.tsx";

/** What a world has below its pages: rows for the script, and its snapshot. */
export function mountExtras(app: Hono, context: ControlContext): void {
  app.get(`${CONSOLE_PATH}/:world/rows`, (c: Context) => {
    const { entry, query } = visitOf(context, c);
    const after = Number(query.get("after") ?? 0);
    const fresh = requestsOf(entry, filterOf(query)).filter(({ n }) => n > after);
    // The oldest ones: the script goes on after the last of them, so that it passes none over.
    const shown = fresh.slice(0, MOST_REQUESTS);
    const more = fresh.length > shown.length;
    const latest = more ? shown.at(-1)?.n : entry.journal.count();
    return c.html(
      <table>
        <tbody data-latest={String(latest)} data-more={more ? "" : undefined}>
          <RequestRows world={entry} entries={shown} />
        </tbody>
      </table>,
    );
  });
  app.get(`${CONSOLE_PATH}/:world/snapshot.json`, (c: Context) => {
    const visit = visitOf(context, c);
    const { json } = askControl(visit, { id: "getSnapshot" });
    return c.body(JSON.stringify(json), 200, { "content-type": "application/json" });
  });
}
