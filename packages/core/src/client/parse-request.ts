import { nearest } from "../domain/nearest.ts";
import type { OpName, Requests } from "../domain/requests.ts";
import { collect } from "../wire/collect.ts";
import { decodeRequest, type ParameterFault } from "../wire/decode.ts";
import { encodeRequest } from "../wire/encode.ts";
import type { Params } from "../wire/operation.ts";
import { findOp, opNames } from "../wire/operations/index.ts";
import { families, jsonObjects, leaveAlone, parameters } from "../wire/parameters.ts";
import { keysBelow, spelledMembers, type SpelledMember } from "../wire/spelled.ts";
import { writeRequest } from "./write-request.ts";

/** What keeps a body from being a request. */
export interface BodyFault {
  /** Where it is: the keys from the top, or of what is missing. None for the body as a whole. */
  readonly path: readonly string[];
  /** What is wrong, as the end of a sentence that begins with the field: `must be 1 or 0`. Quotes no value. */
  readonly words: string;
}

/** A body as a request in domain words, or what keeps it from being one. */
export type ParsedRequest =
  | {
      readonly ok: true;
      readonly op: OpName;
      readonly request: Requests[OpName];
      /** The request as v2's JSON in its canonical spelling, without a token: what it comes to. */
      readonly body: string;
    }
  | { readonly ok: false; readonly faults: readonly BodyFault[] };

const guess = (word: string, candidates: readonly string[]): string => {
  const found = nearest(word, candidates);
  return found === undefined ? "" : `; did you mean ${found}?`;
};

const fail = (...faults: readonly BodyFault[]): ParsedRequest => ({ ok: false, faults });

/** Where each parameter is, as it is spelled here, or as v2 spells it. */
const placesIn = (op: OpName, members: readonly SpelledMember[]) =>
  parameters.map(({ name, json }) => {
    const usual = (json?.[families[op]] ?? name).split(".");
    return { name, path: members.find(({ parameter }) => parameter === name)?.path ?? usual };
  });

const faultWords = ({ reason, expected = "" }: ParameterFault): string =>
  reason === "missing" ? "is missing" : `must be ${expected}`;

function unknownFault({ path }: SpelledMember): BodyFault {
  const key = path.slice(-1).join("");
  if (jsonObjects.has(path.join("."))) return { path, words: "must be an object" };
  return { path, words: `is no parameter of mesibo's${guess(key, keysBelow(path.slice(0, -1)))}` };
}

/** What mesibo would take no notice of: whoever wrote it has meant something else. */
function idle(
  op: OpName,
  members: readonly SpelledMember[],
  { given, used }: { readonly given: Params; readonly used: Params },
): readonly BodyFault[] {
  return members.flatMap(({ path, parameter = "" }) => {
    const value = given[parameter];
    const says = value !== undefined && value !== "0" && value !== leaveAlone[op]?.[parameter];
    return says && used[parameter] === undefined ? [{ path, words: `means nothing to ${op}` }] : [];
  });
}

/**
 * Reads a JSON body that somebody wrote by hand, in any spelling that mesibo reads, into domain words. What mesibo
 * would ignore is a fault here. Says nothing about a token: leave it out.
 *
 * @example
 * ```ts
 * import { parseRequest } from "@mesibo-groups/core";
 *
 * const parsed = parseRequest('{"op":"groupset","group":{"gid":102529,"name":"News"}}');
 * console.assert(parsed.ok && parsed.op === "groupset");
 * const wrong = parseRequest('{"op":"groupset","gid":102529,"nmae":"News"}');
 * console.assert(!wrong.ok && wrong.faults[0]?.words === "is no parameter of mesibo's; did you mean name?");
 * ```
 */
export function parseRequest(body: string): ParsedRequest {
  const collected = collect({ query: "", contentType: "application/json", body });
  if (collected.unreadable) return fail({ path: [], words: "must be one JSON object" });
  if (collected.token !== "")
    return fail({ path: ["token"], words: "must be left out: it is added when it is sent" });
  const op = findOp(collected.op);
  if (op === undefined) {
    const words = collected.op === "" ? "is missing" : `names no operation${guess(collected.op, opNames)}`;
    return fail({ path: ["op"], words });
  }
  const object: Readonly<Record<string, unknown>> = JSON.parse(body);
  const members = spelledMembers(object);
  const unknown = members.filter(({ parameter }) => parameter === undefined).map(unknownFault);
  const decoded = decodeRequest(op, collected);
  if (!decoded.ok) {
    const places = placesIn(op, members);
    const faults = decoded.faults.flatMap((fault) =>
      places
        .filter(({ name }) => name === fault.name)
        .map(({ path }) => ({ path, words: faultWords(fault) })),
    );
    return fail(...unknown, ...faults);
  }
  const { request } = decoded;
  const form = encodeRequest({ op, request, dialect: "form", token: "" });
  const used = collect({ query: "", ...form }).params;
  const faults = [...unknown, ...idle(op, members, { given: collected.params, used })];
  if (faults.length > 0) return fail(...faults);
  return { ok: true, op, request, body: writeRequest({ op, request }) };
}
