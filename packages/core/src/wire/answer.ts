import * as z from "zod/mini";
import type { Refusal } from "../domain/refusal.ts";
import type { OpName } from "../domain/requests.ts";
import type { Results } from "../domain/results.ts";
import { given } from "./given.ts";
import { operations } from "./operations/index.ts";
import { answerNumber } from "./primitives.ts";

/**
 * mesibo's two generations of answers: `v1` of `/api.php` (app block, numbers as text) and `v2` of
 * `/backend/`. What a request looks like has no say in it: flat parameters on `/backend/` get v2 (DL).
 */
export type Generation = "v1" | "v2";

/** The app that v1 describes in every success answer. Numbers are text there (recorded, ND). */
export interface AppFacts {
  readonly token: string;
  /** Users of the app. */
  readonly users: number;
  /** Groups of the app, as of before the operation (recorded, ND). */
  readonly groups: number;
  /** Unix seconds. */
  readonly now: number;
}

/** A success to write down. */
export interface AnswerToEncode<O extends OpName> {
  readonly generation: Generation;
  readonly op: O;
  readonly result: Results[O];
  /** The `op` as the caller spelled it, where that is an alias. */
  readonly echo?: string | undefined;
  readonly id?: number | undefined;
  readonly app: AppFacts;
}

// mesibo: recorded answer of api.php, Jul 2020 (ND): these keys in this order, counters and times as text.
function appBlock({ token, users, groups, now }: AppFacts): Record<string, unknown> {
  return {
    app: {
      aid: "1",
      uid: "1",
      name: "mock",
      secret: "",
      url: "",
      server: "",
      u_users: String(users),
      u_groups: String(groups),
      notify: "0",
      nrate: "0",
      ninterval: "0",
      flag: "33024",
      f_beta: "0",
      pushflags: "0",
      fcm_id: "",
      fcm_key: "",
      apn_info: "",
      token,
      ts: String(now),
      uts: String(now),
    },
    uts: String(now),
    disabled: 0,
  };
}

const idEcho = (id: number | undefined): Record<string, unknown> => (id === undefined ? {} : { id });

/**
 * A success answer as mesibo writes it. HTTP status is always 200.
 *
 * @example
 * ```ts
 * import { encodeAnswer } from "@mesibo-groups/core/wire";
 *
 * const app = { token: "t", users: 3, groups: 0, now: 1_700_000_000 };
 * const answer = encodeAnswer({ generation: "v2", op: "groupadd", result: { group: { gid: 102529 } }, app });
 * console.assert(JSON.stringify(answer) === '{"group":{"gid":102529},"op":"groupadd","result":true}');
 * ```
 */
export function encodeAnswer<O extends OpName>(answer: AnswerToEncode<O>): Record<string, unknown> {
  const { generation, op, echo = op, result, id, app } = answer;
  const { result: v2, resultV1: v1 = v2 } = operations[op];
  if (generation === "v2") return { ...z.encode(v2, result), ...idEcho(id), op: echo, result: true };
  // Into the block itself, which is this answer's own: copying its 23 members is a tenth of what an answer costs.
  return Object.assign(appBlock(app), z.encode(v1, result), idEcho(id), { op: echo, result: true });
}

/** A failure to write down. */
export interface RefusalToEncode {
  /** The `op` as the caller wrote it. */
  readonly op: string;
  readonly refusal: Refusal;
  readonly id?: number | undefined;
}

/**
 * A failure answer as mesibo writes it: error, code, cause, properties, op, result, in the order recorded in
 * 2023 (TH PR #1162). That v2 has the same shape is INFERRED; HTTP status is always 200 in both (TH PR #4884).
 *
 * @example
 * ```ts
 * import { encodeRefusal } from "@mesibo-groups/core/wire";
 *
 * const refusal = { error: "BADOP", code: 400, cause: "there is no such op", properties: ["op"] };
 * console.assert(encodeRefusal({ op: "groupmake", refusal })["result"] === false);
 * ```
 */
export function encodeRefusal({ op, refusal, id }: RefusalToEncode): Record<string, unknown> {
  const { error, code, cause, properties } = refusal;
  return { error, code, cause, properties, op, ...idEcho(id), result: false };
}

/** What an answer's text says: done, refused, or nothing that mesibo would say. */
export type DecodedAnswer<O extends OpName> =
  | { readonly kind: "done"; readonly result: Results[O] }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  | { readonly kind: "unreadable"; readonly reason: "not_json" | "no_result" | "wrong_shape" };

const envelope = z.looseObject({ result: z.boolean() });

const text = z.optional(z.string());
const refusalFields = {
  error: text,
  code: z.optional(answerNumber),
  cause: text,
  properties: z.optional(z.array(z.string())),
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads an answer of either generation. Only `result: true` is a success; the HTTP status says nothing.
 *
 * @example
 * ```ts
 * import { decodeAnswer } from "@mesibo-groups/core/wire";
 *
 * const answer = decodeAnswer("groupadd", '{"group":{"gid":96734},"op":"groupadd","result":true}');
 * console.assert(answer.kind === "done" && answer.result.group.gid === 96734);
 * ```
 */
export function decodeAnswer<O extends OpName>(op: O, text: string): DecodedAnswer<O> {
  const json = parseJson(text);
  if (json === undefined) return { kind: "unreadable", reason: "not_json" };
  const body = envelope.safeParse(json);
  if (!body.success) return { kind: "unreadable", reason: "no_result" };
  if (!body.data.result) return { kind: "refused", refusal: readRefusal(body.data) };

  const { result: v2, resultV1: v1 = v2 } = operations[op];
  for (const shape of [v2, v1]) {
    const result = z.safeDecode(shape, body.data);
    if (result.success) return { kind: "done", result: result.data };
  }
  return { kind: "unreadable", reason: "wrong_shape" };
}

// Field by field: one of an unexpected type must not hide the others.
function readRefusal(body: Record<string, unknown>): Refusal {
  const { error, code, cause, properties } = refusalFields;
  return given({
    error: error.safeParse(body["error"]).data ?? "FAIL",
    code: code.safeParse(body["code"]).data,
    cause: cause.safeParse(body["cause"]).data,
    properties: properties.safeParse(body["properties"]).data,
  });
}
