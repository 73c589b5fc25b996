import type { OpName, Requests } from "../domain/requests.ts";
import { collect } from "../wire/collect.ts";
import { decodeRequest } from "../wire/decode.ts";
import { askedOf } from "../wire/rest/asked.ts";
import type { CallRecord } from "./options.ts";

function askedOfGateway({ op, method = "", url, body }: CallRecord): Requests[OpName] | undefined {
  try {
    const path = url.slice(url.lastIndexOf("/v1/") + "/v1".length);
    return askedOf(op, { method, path, body: body === "" ? undefined : JSON.parse(body) });
  } catch {
    return undefined;
  }
}

/**
 * What a recorded call asked for, in domain words: `client.call(record.op, request)` makes the same request
 * again. Undefined where the record's body is none that a client wrote.
 *
 * @example
 * ```ts
 * import { createClient, requestOf, type CallRecord } from "@mesibo-groups/core";
 *
 * const records: CallRecord[] = [];
 * const client = createClient({
 *   token: "app-token",
 *   fetch: async () => new Response('{"op":"groupdel","result":true}'),
 *   onCall: (record) => records.push(record),
 * });
 * await client.groups.delete(102529);
 * console.assert(JSON.stringify(records.map(requestOf)) === '[{"gid":102529}]');
 * ```
 */
export function requestOf(record: CallRecord): Requests[OpName] | undefined {
  const { op, method, contentType, body } = record;
  // mesibo is asked by POST alone, and its records name no method.
  if (method !== undefined) return askedOfGateway(record);
  const decoded = decodeRequest(op, collect({ query: "", contentType, body }));
  return decoded.ok ? decoded.request : undefined;
}
