import type { OpName, Requests } from "../domain/requests.ts";
import { encodeRequest } from "../wire/encode.ts";

/** A request in domain words, with its op. */
export interface RequestToWrite<O extends OpName> {
  readonly op: O;
  readonly request: Requests[O];
}

/**
 * Writes a request as v2's JSON without a token, to keep it: `parseRequest` reads it back. Throws `ZodError` for
 * what is none, as plain JavaScript can have it.
 *
 * @example
 * ```ts
 * import { parseRequest, writeRequest } from "@mesibo-groups/core";
 *
 * const body = writeRequest({ op: "groupdel", request: { gid: 102529 } });
 * console.assert(body === '{"op":"groupdel","group":{"gid":102529}}');
 * const parsed = parseRequest(body);
 * console.assert(parsed.ok && parsed.op === "groupdel");
 * ```
 */
export function writeRequest<O extends OpName>({ op, request }: RequestToWrite<O>): string {
  const { body } = encodeRequest({ op, request, dialect: "json", token: "" });
  // The token is the last member.
  return body.replace(/,"token":""\}$/, "}");
}
