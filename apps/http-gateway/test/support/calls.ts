import type { Ask } from "./gateway.ts";

/** A request that succeeds on the test seed, and the status it succeeds with. */
export interface Call extends Ask {
  readonly path: string;
  readonly status: number;
}

/** The id of an operation whose outcome is unknown, in every test gateway over a mock. */
export const UNKNOWN_ID = "op_01KAR5V2Z6F5T1P0X9Y8Q7W3M4";

/** The id of a list of members that is under way, in every test gateway over a mock. */
export const RUNNING_ID = "op_01KAR5V2Z6F5T1P0X9Y8Q7W3M5";

/** The id of a key that is in use, in every test gateway over a mock. */
export const KEY_ID = "7GkP2xQ9aVb4";

const permissions = { send: true, receive: true, publish: false, subscribe: true, list: false };

/**
 * One good request for each documented operation, by its method and path. A test fails for an operation that
 * is missing here.
 */
export const calls: Readonly<Record<string, Call>> = {
  "POST /v1/groups": { path: "/v1/groups", method: "POST", body: { name: "New" }, status: 201 },
  "POST /v1/group-imports": {
    path: "/v1/group-imports",
    method: "POST",
    body: { gids: [102529] },
    status: 207,
  },
  "GET /v1/groups": { path: "/v1/groups", status: 200 },
  "GET /v1/groups/{gid}": { path: "/v1/groups/102529", status: 200 },
  "PATCH /v1/groups/{gid}": {
    path: "/v1/groups/102529",
    method: "PATCH",
    body: { active: false },
    status: 200,
  },
  "DELETE /v1/groups/{gid}": { path: "/v1/groups/102529", method: "DELETE", status: 204 },
  "GET /v1/groups/{gid}/members": { path: "/v1/groups/102529/members", status: 200 },
  "PUT /v1/groups/{gid}/members": {
    path: "/v1/groups/102529/members?max_removals=2",
    method: "PUT",
    body: { permissions, members: [{ address: "carol" }] },
    status: 207,
  },
  "POST /v1/groups/{gid}/member-batches": {
    path: "/v1/groups/102529/member-batches",
    method: "POST",
    body: { permissions, items: [{ address: "carol" }, { address: "bob", remove: true }] },
    status: 207,
  },
  "PUT /v1/groups/{gid}/members/{address}": {
    path: "/v1/groups/102529/members/carol",
    method: "PUT",
    body: { permissions },
    status: 201,
  },
  "DELETE /v1/groups/{gid}/members/{address}": {
    path: "/v1/groups/102529/members/bob",
    method: "DELETE",
    status: 204,
  },
  "GET /v1/groups/{gid}/members/{address}": { path: "/v1/groups/102529/members/alice", status: 200 },
  "GET /v1/groups/{gid}/permissions": { path: "/v1/groups/102529/permissions", status: 200 },
  "GET /v1/groups/{gid}/permissions/{address}": {
    path: "/v1/groups/102529/permissions/alice",
    status: 200,
  },
  "GET /v1/operations": { path: "/v1/operations", status: 200 },
  "GET /v1/operations/{id}": { path: `/v1/operations/${UNKNOWN_ID}`, status: 200 },
  "GET /v1/operations/{id}/items": { path: `/v1/operations/${RUNNING_ID}/items`, status: 200 },
  "POST /v1/operations/{id}/cancellation": {
    path: `/v1/operations/${RUNNING_ID}/cancellation`,
    method: "POST",
    status: 202,
  },
  "POST /v1/operations/{id}/resolutions": {
    path: `/v1/operations/${UNKNOWN_ID}/resolutions`,
    method: "POST",
    body: { outcome: "did_not_happen" },
    status: 200,
  },
  "GET /v1/flags/{value}": { path: "/v1/flags/0x91", status: 200 },
  "POST /v1/flags": { path: "/v1/flags", method: "POST", body: { base: "restricted" }, status: 200 },
  "POST /v1/groups/{gid}/route-simulations": {
    path: "/v1/groups/102529/route-simulations",
    method: "POST",
    body: { sender: "alice" },
    status: 200,
  },
  "GET /v1/audit": { path: "/v1/audit", status: 200 },
  "GET /v1/events": { path: "/v1/events?after=0&follow=false", status: 200 },
  "GET /v1/api-keys": { path: "/v1/api-keys", status: 200 },
  "POST /v1/api-keys": {
    path: "/v1/api-keys",
    method: "POST",
    body: { name: "shop", scopes: ["groups:read"] },
    status: 201,
  },
  "GET /v1/api-keys/{id}": { path: `/v1/api-keys/${KEY_ID}`, status: 200 },
  "DELETE /v1/api-keys/{id}": { path: `/v1/api-keys/${KEY_ID}`, method: "DELETE", status: 204 },
  "POST /v1/api-keys/{id}/rotations": {
    path: `/v1/api-keys/${KEY_ID}/rotations`,
    method: "POST",
    body: {},
    status: 201,
  },
  "GET /livez": { path: "/livez", status: 200 },
  "GET /readyz": { path: "/readyz", status: 200 },
  "GET /version": { path: "/version", status: 200 },
  "GET /docs": { path: "/docs", status: 200 },
  "GET /metrics": { path: "/metrics", status: 200 },
  "GET /problems/{type}": { path: "/problems/validation", status: 200 },
  "GET /openapi.json": { path: "/openapi.json", status: 200 },
};

/** The same request of the group that a gateway over a fetch knows. */
export const overTwenty = (call: Call): Call => ({ ...call, path: call.path.replace("102529", "20") });
