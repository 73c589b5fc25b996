import { normalFlags, type GroupFlags } from "../../../src/domain/flags.ts";
import type { OpName, Requests } from "../../../src/domain/requests.ts";
import type { ParameterFault, RawRequest } from "../../../src/wire/index.ts";

/** A raw request of a documented caller and what it says. */
export interface Fixture {
  /** The row of the fact file that it is typed from, and whose habit it is. */
  readonly source: string;
  readonly raw: RawRequest;
  readonly op: string;
  readonly token: string;
  readonly says:
    | "no op"
    | { readonly ok: true; readonly request: Requests[OpName] }
    | { readonly ok: false; readonly faults: readonly ParameterFault[] };
}

/** A GET, or a POST with everything in the query. */
export const get = (query: string): RawRequest => ({ query, contentType: "", body: "" });

/** A form. */
export const post = (body: string): RawRequest => ({
  query: "",
  contentType: "application/x-www-form-urlencoded",
  body,
});

/** A JSON body, with what the URL carries besides. */
export const json = (body: string, query = ""): RawRequest => ({
  query,
  contentType: "application/json",
  body,
});

/** A request that is understood. */
export const request = (value: Requests[OpName]): Fixture["says"] => ({ ok: true, request: value });

/** A request that lacks parameters. */
export const missing = (...names: string[]): Fixture["says"] => ({
  ok: false,
  faults: names.map((name) => ({ name, reason: "missing" })),
});

/** A request with a parameter that is not what it should be. */
export const malformed = (name: string, expected: string): Fixture["says"] => ({
  ok: false,
  faults: [{ name, reason: "malformed", expected }],
});

/** The normal flags with some fields changed. */
export const flags = (fields: Partial<GroupFlags> = {}): GroupFlags => ({ ...normalFlags, ...fields });

export const everything = { send: true, receive: true, publish: true, subscribe: true, list: true };
