import type { Route } from "../../src/control/route.ts";
import { systemTime } from "../../src/clock.ts";
import { createWorld } from "../../src/engine/world.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { routes } from "../../src/control/routes/index.ts";

/** What a good request to a route carries besides its path. */
export interface Call {
  readonly query?: string;
  readonly body?: unknown;
}

/** Good requests, by the id of the route, for those that need more than a path; `text` goes wherever text may go. */
const bodies = (token: string, text: string): Readonly<Record<string, Call>> => ({
  putWorld: { body: { seed: { users: [text], groups: [{ name: text, members: [text] }] } } },
  seedWorld: { body: { users: ["new"], groups: [{ name: text }] } },
  patchClock: { body: { advance_seconds: 5 } },
  listRequests: { query: "limit=1000" },
  verifyRequests: { body: { op: "groupadd", params: { gid: 1, name: text } } },
  putPresence: { body: {} },
  putFaults: { body: [] },
  putSnapshot: { body: writeSnapshot(createWorld(), systemTime) },
  diffSnapshot: { body: writeSnapshot(createWorld(), systemTime) },
  diffWorlds: { query: `with=${encodeURIComponent(token)}` },
});

/** A request to the control API. */
export interface Asked {
  readonly id: string;
  readonly route: Route;
  readonly method: string;
  /** Below `/_mock`, with its query. */
  readonly path: string;
  readonly body: unknown;
}

/** A good request to every route of the control API, to the world behind a token. */
export function everyRoute(token: string, text = "someone"): readonly Asked[] {
  const known = bodies(token, text);
  return routes.map((route) => {
    const { query, body } = known[route.id] ?? {};
    const path = route.path.replace("{token}", encodeURIComponent(token)).replace("{n}", "1");
    return {
      id: route.id,
      route,
      method: route.method.toUpperCase(),
      path: query === undefined ? path : `${path}?${query}`,
      body,
    };
  });
}
