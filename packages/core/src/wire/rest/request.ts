import { encodeFlags } from "../../domain/flags.ts";
import { DEFAULT_GROUP_EXPIRY } from "../../domain/group.ts";
import type { OpName, Requests } from "../../domain/requests.ts";

// The REST API of apps/http-gateway, written by hand against its openapi.json: the gateway's tests run the same
// contract over mesibo and over a gateway.

/** A request to a gateway. The path is below its `/v1`. */
export interface RestRequest {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
}

/** What a gateway cannot be asked for. */
export interface RestFault {
  readonly field: string;
  readonly expected: string;
}

/** The operations of a gateway that change something. */
export type RestWriteOp = "groupadd" | "groupset" | "groupdel" | "groupeditmembers";

/** The operations of a gateway that list. */
export type RestReadOp = "groupsget" | "groupgetmembers";

const ALONE = "left out: a gateway has no such setting";

/** What a gateway cannot do of a request that mesibo can. */
export function restFault<O extends OpName>(op: O, request: Requests[O]): RestFault | undefined {
  const asked: Readonly<Record<string, unknown>> = { ...request };
  const setting = ["pinned", "sflags"].find((field) => asked[field] !== undefined);
  if (setting !== undefined) return { field: setting, expected: ALONE };
  const named = (op === "groupadd" || op === "groupset") && asked["members"] !== undefined;
  return named ? { field: "members", expected: "left out: a gateway has members.add for them" } : undefined;
}

function settings({ name, flags, expiry, expiryext, active }: Requests["groupadd"]): object {
  return {
    name,
    flag: flags && encodeFlags(flags),
    // 0 is the default to mesibo; a gateway takes what is meant.
    expires_in_seconds: expiry === 0 ? DEFAULT_GROUP_EXPIRY : expiry,
    expiry_extension_seconds: expiryext,
    active,
  };
}

const writers: { readonly [O in RestWriteOp]: (request: Requests[O]) => RestRequest } = {
  groupadd: (group) => ({ method: "POST", path: "/groups", body: settings(group) }),
  groupset: ({ gid, ...change }) => ({ method: "PATCH", path: `/groups/${gid}`, body: settings(change) }),
  groupdel: ({ gid }) => ({ method: "DELETE", path: `/groups/${gid}` }),
  groupeditmembers: ({ gid, members: [address = ""], permissions, remove }) => {
    const path = `/groups/${gid}/members/${encodeURIComponent(address)}`;
    return remove ? { method: "DELETE", path } : { method: "PUT", path, body: { permissions } };
  },
};

/** Members to edit together, and the calls that the gateway may spend on finding those at fault. */
export interface RestBatch {
  readonly request: Requests["groupeditmembers"];
  readonly isolationCalls: number | undefined;
}

/** A batch of members as a gateway takes it. */
export function writeBatch({ request, isolationCalls }: RestBatch): RestRequest {
  const { gid, members, permissions, remove } = request;
  const query = isolationCalls === undefined ? "" : `?isolation_calls=${isolationCalls}`;
  const items = members.map((address) => (remove ? { address, remove } : { address }));
  const body = remove ? { items } : { permissions, items };
  return { method: "POST", path: `/groups/${gid}/member-batches${query}`, body };
}

/** A change as a gateway takes it. */
export const writeRest = <O extends RestWriteOp>(op: O, request: Requests[O]): RestRequest =>
  writers[op](request);

/** A page of a list. */
export interface RestPage {
  /** The `next_cursor` of the page before; null for the first one. */
  readonly cursor: string | null;
  readonly limit: number;
}

const listers: {
  readonly [O in RestReadOp]: (request: Requests[O]) => readonly [string, string | undefined];
} = {
  groupsget: ({ pattern }) => ["/groups", pattern],
  groupgetmembers: ({ gid }) => [`/groups/${gid}/members`, undefined],
};

/** A page of a list as a gateway is asked for it. */
export function readRest<O extends RestReadOp>(
  op: O,
  request: Requests[O],
  { cursor, limit }: RestPage,
): RestRequest {
  const [path, pattern] = listers[op](request);
  const query = [
    `limit=${limit}`,
    ...(cursor === null ? [] : [`cursor=${encodeURIComponent(cursor)}`]),
    ...(pattern === undefined ? [] : [`filter[name]=${encodeURIComponent(pattern)}`]),
  ];
  return { method: "GET", path: `${path}?${query.join("&")}` };
}
