import type { Scope } from "../keys/scopes.ts";

/** What a route asks of a key. */
export interface RouteRule {
  /** `any` for what tells nothing about groups. */
  readonly scope: Scope | "any";
  /**
   * What a key for some groups only may do there.
   *
   * - `group`: only with a gid in the path that it may touch.
   * - `handler`: the route itself asks `access/objects.ts`, because the groups are not in the path.
   * - `none`: the route is not about groups.
   * - `every`: nothing; the route is about all groups at once.
   */
  readonly groups: "group" | "handler" | "none" | "every";
}

/** Every route below /v1. One that is not listed here is refused to everybody. */
export const routeRules = {
  "POST /v1/groups": { scope: "groups:write", groups: "handler" },
  "GET /v1/groups": { scope: "groups:read", groups: "handler" },
  "POST /v1/group-imports": { scope: "groups:write", groups: "handler" },
  "GET /v1/groups/{gid}": { scope: "groups:read", groups: "group" },
  "PATCH /v1/groups/{gid}": { scope: "groups:write", groups: "group" },
  "DELETE /v1/groups/{gid}": { scope: "groups:delete", groups: "group" },
  "GET /v1/groups/{gid}/members": { scope: "members:read", groups: "group" },
  "PUT /v1/groups/{gid}/members": { scope: "members:write", groups: "group" },
  "POST /v1/groups/{gid}/member-batches": { scope: "members:write", groups: "group" },
  "GET /v1/groups/{gid}/members/{address}": { scope: "members:read", groups: "group" },
  "PUT /v1/groups/{gid}/members/{address}": { scope: "members:write", groups: "group" },
  "DELETE /v1/groups/{gid}/members/{address}": { scope: "members:write", groups: "group" },
  "GET /v1/groups/{gid}/permissions": { scope: "members:read", groups: "group" },
  "GET /v1/groups/{gid}/permissions/{address}": { scope: "members:read", groups: "group" },
  "POST /v1/groups/{gid}/route-simulations": { scope: "members:read", groups: "group" },
  "GET /v1/flags/{value}": { scope: "any", groups: "none" },
  "POST /v1/flags": { scope: "any", groups: "none" },
  // Everybody sees their own operations; those of others need operations:read, and a key for every group.
  "GET /v1/operations": { scope: "any", groups: "handler" },
  "GET /v1/operations/{id}": { scope: "any", groups: "handler" },
  "GET /v1/operations/{id}/items": { scope: "any", groups: "handler" },
  "POST /v1/operations/{id}/resolutions": { scope: "operations:resolve", groups: "handler" },
  "POST /v1/operations/{id}/cancellation": { scope: "any", groups: "handler" },
  "GET /v1/events": { scope: "events:read", groups: "every" },
  "GET /v1/audit": { scope: "audit:read", groups: "every" },
  "GET /v1/api-keys": { scope: "keys:admin", groups: "every" },
  "POST /v1/api-keys": { scope: "keys:admin", groups: "every" },
  "GET /v1/api-keys/{id}": { scope: "keys:admin", groups: "every" },
  "DELETE /v1/api-keys/{id}": { scope: "keys:admin", groups: "every" },
  "POST /v1/api-keys/{id}/rotations": { scope: "keys:admin", groups: "every" },
} as const satisfies Record<string, RouteRule>;
