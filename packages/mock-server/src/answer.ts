import type { OpName, Refusal, Requests } from "@mesibo-groups/core";
import {
  collect,
  decodeRequest,
  encodeAnswer,
  encodeRefusal,
  findOp,
  type Generation,
  type ParameterFault,
  type RawRequest,
} from "@mesibo-groups/core/wire";
import { apply } from "./engine/apply.ts";
import { DEFAULT_COUNT } from "./engine/pattern.ts";
import { refuse } from "./engine/refusals.ts";
import type { World } from "./engine/world.ts";
import type { Worlds } from "./worlds.ts";

/** The most rows in one list: 20 on v1 (D1full, PG); v2's callers ask for 100000 (PARK). */
const MAX_COUNT = { v1: 20, v2: 100_000 } satisfies Record<Generation, number>;

/** A request as it reached an emulated path. */
export interface Question {
  readonly raw: RawRequest;
  readonly generation: Generation;
}

function parameterRefusal(faults: readonly ParameterFault[]): Refusal {
  const missing = faults.filter(({ reason }) => reason === "missing");
  const names = (missing.length > 0 ? missing : faults).map(({ name }) => name);
  if (missing.length > 0) return refuse("missing", names, names.join(", "));
  const wanted = faults.map(({ name, expected = "another value" }) => `${name} must be ${expected}`);
  return refuse("malformed", names, wanted.join("; "));
}

// mesibo: v1 lists at most 20 rows (D1full, PG). That a larger count is clamped and not refused is INFERRED.
function clampCount<O extends OpName>(request: Requests[O], generation: Generation): Requests[O] {
  if (!("count" in request) || request.count === undefined) return request;
  return {
    ...request,
    count: Math.min(request.count === 0 ? DEFAULT_COUNT : request.count, MAX_COUNT[generation]),
  };
}

// mesibo: appid is mandatory in v1 (D1full); v2 without a token object makes no token (D2u).
const lacksAppid = <O extends OpName>(op: O, request: Requests[O], generation: Generation): boolean =>
  op === "useradd" && generation === "v1" && !("appid" in request);

function facts(
  world: World,
  token: string,
  now: number,
): { token: string; users: number; groups: number; now: number } {
  return { token, users: world.users.size, groups: world.groups.size, now };
}

/**
 * Answers a request as mesibo would: the body of the answer, whose HTTP status is always 200.
 *
 * The token is checked before the operation and its parameters (TH PR #4884).
 */
export function answer(worlds: Worlds, { raw, generation }: Question): Record<string, unknown> {
  const collected = collect(raw);
  const { id } = collected;
  const failure = (refusal: Refusal): Record<string, unknown> =>
    encodeRefusal({ op: collected.op, refusal, id });

  if (collected.unreadable) return failure(refuse("body", []));
  const entry = worlds.find(collected.token);
  if (entry === undefined) return failure(refuse("auth", ["token"]));
  const op = findOp(collected.op);
  if (op === undefined) return failure(refuse("op", ["op"]));
  const decoded = decodeRequest(op, collected);
  if (!decoded.ok) return failure(parameterRefusal(decoded.faults));
  if (lacksAppid(op, decoded.request, generation)) return failure(refuse("missing", ["appid"], "appid"));

  const { world, clock } = entry;
  const now = clock.now();
  // mesibo: the counters are as of before the operation (recorded, ND).
  const app = facts(world, collected.token, now);
  const outcome = apply(world, { op, request: clampCount(decoded.request, generation) }, now);
  if (!outcome.ok) return failure(outcome.refusal);
  // The caller's own spelling is echoed, also where it is an alias.
  return { ...encodeAnswer({ generation, op, result: outcome.result, id, app }), op: collected.op };
}

/** The answer to a body over 1 MiB, which is not read: only the query can name the operation. */
export function tooLarge(query: string): Record<string, unknown> {
  return encodeRefusal({ op: new URLSearchParams(query).get("op") ?? "", refusal: refuse("size", []) });
}

/** The answer to a request that the mock itself failed on. Its HTTP status is 500, which mesibo never gives. */
export function defect(query: string): Record<string, unknown> {
  const cause = "The mock failed on this request, and mesibo would not. Please report it with the request.";
  const op = new URLSearchParams(query).get("op") ?? "";
  return encodeRefusal({ op, refusal: { error: "MOCKDEFECT", code: 500, cause, properties: [] } });
}
