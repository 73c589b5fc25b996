import { MAX_GID } from "@mesibo-groups/core";
import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { GatewayEnv } from "../environment.ts";
import { ProblemError } from "../problem.ts";
import type { Store } from "../store/store.ts";
import { refuseObject, requireGroup } from "./objects.ts";
import { routeRules, type RouteRule } from "./routes.ts";

// By a route's name as the router writes it: `GET /v1/groups/:gid`.
const rules = new Map<string, RouteRule>(
  Object.entries(routeRules).map(([name, rule]) => [name.replaceAll(/\{(\w+)\}/g, ":$1"), rule]),
);

/** The gid in a path below `/v1/groups/`, read as the router reads it, or undefined where it is none. */
function gidOf(path: string): number | undefined {
  const text = decodeURIComponent(path.split("/")[3] ?? "");
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= MAX_GID ? Number(text) : undefined;
}

/** The route that is to answer, as the router has matched it. Undefined where there is none. */
function routeOf(c: Context<GatewayEnv>): string | undefined {
  const route = matchedRoutes(c).findLast(({ method }) => method !== "ALL");
  return route === undefined ? undefined : `${route.method} ${route.path}`;
}

/** Refuses what the key's scopes and groups do not allow, and every route that has no rule. */
export function requireAccess({ store }: { readonly store: Store }): MiddlewareHandler<GatewayEnv> {
  return async function requireAccess(c, next) {
    const route = routeOf(c);
    // Nothing answers there, and what says so tells nothing.
    if (route === undefined) return next();
    const { scope, groups } = rules.get(route) ?? {};
    const { actor } = c.var;
    if (scope === undefined || (scope !== "any" && !actor.scopes.has(scope))) {
      throw new ProblemError("insufficient-scope", {
        detail: scope === undefined ? "No key may do this." : `This API key has not the scope ${scope}.`,
        members: scope === undefined ? undefined : { required_scope: scope },
      });
    }
    if (actor.groups !== undefined && groups === "every") refuseObject();
    if (actor.groups !== undefined && groups === "group") {
      const gid = gidOf(c.req.path);
      if (gid === undefined) refuseObject();
      await requireGroup({ store }, { actor, gid });
    }
    await next();
  };
}
