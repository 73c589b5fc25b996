import type { OpName, Refusal, Requests } from "@mesibo-groups/core";
import {
  decodeRequest,
  encodeAnswer,
  encodeRefusal,
  findOp,
  type CollectedRequest,
  type Generation,
  type ParameterFault,
} from "@mesibo-groups/core/wire";
import { apply, mutates } from "./engine/apply.ts";
import { rely, type Behaviour } from "./engine/behaviour.ts";
import { refuse } from "./engine/refusals.ts";
import type { World } from "./engine/world.ts";
import type { Applied } from "./recorder.ts";
import type { WorldEntry } from "./worlds.ts";

/** How a request is understood before the engine sees it, with what it rests on. */
export const answerBehaviours = {
  token_first: {
    id: "token_first",
    sentence: "The token is checked before the operation and its parameters.",
    source: "TH PR #4884 for the parameters; section 10, row 7, for the operation",
    confidence: "recorded",
  },
  status_200: {
    id: "status_200",
    sentence: "The HTTP status is 200 whatever the answer.",
    source: "TH PR #4884",
    confidence: "recorded",
  },
  appid_mandatory: {
    id: "appid_mandatory",
    sentence: "useradd on /api.php needs an appid.",
    source: "D1full",
    confidence: "documented",
  },
  count_clamped: {
    id: "count_clamped",
    sentence: "A count over 20 on /api.php, or over 100,000 on /backend, is lowered to that and not refused.",
    source: "D1full, PG for 20, PARK asks for 100000; that a larger one is no error is INFERRED",
    confidence: "assumed",
  },
  counters_before: {
    id: "counters_before",
    sentence: "The counters of an answer on /api.php are those from before the operation.",
    source: "ND",
    confidence: "recorded",
  },
  op_echoed: {
    id: "op_echoed",
    sentence: "An answer echoes the op as the caller spelled it, also where it is an alias.",
    source: "INFERRED",
    confidence: "assumed",
  },
} as const satisfies Record<string, Behaviour>;

/** The most rows in one list. */
const MAX_COUNT = { v1: 20, v2: 100_000 } satisfies Record<Generation, number>;

/** What mesibo would answer, and what it came from. */
export interface Ruling {
  readonly body: Record<string, unknown>;
  /** Undefined where the request was done. */
  readonly refusal: Refusal | undefined;
  /** What changed the world, where it is another one now. */
  readonly applied: Applied | undefined;
}

/** A request that is understood as far as its parameters are read. */
export interface Question {
  readonly collected: CollectedRequest;
  readonly generation: Generation;
}

/** Refuses a request in mesibo's words. */
export function refusalRuling({ op, id }: CollectedRequest, refusal: Refusal): Ruling {
  return { body: encodeRefusal({ op, refusal, id }), refusal, applied: undefined };
}

/** The ruling on a request that the mock itself failed on. mesibo has no such answer. */
export function defectRuling(collected: CollectedRequest, cause: string): Ruling {
  return refusalRuling(collected, { error: "MOCKDEFECT", code: 500, cause, properties: [] });
}

function parameterRefusal(faults: readonly ParameterFault[]): Refusal {
  const missing = faults.filter(({ reason }) => reason === "missing");
  const names = (missing.length > 0 ? missing : faults).map(({ name }) => name);
  if (missing.length > 0) return refuse("missing", names, names.join(", "));
  const wanted = faults.map(({ name, expected = "another value" }) => `${name} must be ${expected}`);
  return refuse("malformed", names, wanted.join("; "));
}

function clampCount<O extends OpName>(
  world: World,
  request: Requests[O],
  generation: Generation,
): Requests[O] {
  if (!("count" in request) || request.count === undefined) return request;
  const most = MAX_COUNT[generation];
  if (request.count <= most) return request;
  rely(world, answerBehaviours.count_clamped);
  return { ...request, count: most };
}

const lacksAppid = <O extends OpName>(op: O, request: Requests[O], generation: Generation): boolean =>
  op === "useradd" && generation === "v1" && !("appid" in request);

/** Rules on a request as mesibo would, and changes the world accordingly. */
export function rule({ world, clock }: WorldEntry, { collected, generation }: Question): Ruling {
  const { id, token } = collected;
  const op = findOp(collected.op);
  if (op === undefined) return refusalRuling(collected, refuse("op", ["op"]));
  const decoded = decodeRequest(op, collected);
  if (!decoded.ok) return refusalRuling(collected, parameterRefusal(decoded.faults));
  if (lacksAppid(op, decoded.request, generation))
    return refusalRuling(collected, refuse("missing", ["appid"], "appid"));

  const now = clock.now();
  const app = { token, users: world.users.size, groups: world.groups.size, now };
  if (op !== collected.op) rely(world, answerBehaviours.op_echoed);
  const request = clampCount(world, decoded.request, generation);
  const outcome = apply(world, { op, request }, now);
  if (!outcome.ok) return refusalRuling(collected, outcome.refusal);
  const body = encodeAnswer({ generation, op, echo: collected.op, result: outcome.result, id, app });
  return {
    body,
    refusal: undefined,
    applied: mutates[op] ? { now, op, params: collected.params } : undefined,
  };
}
