import * as z from "zod";
import type { Address, Gid } from "@mesibo-groups/core";
import type { Selectable } from "kysely";
import { newId } from "../new-id.ts";
import type { OperationRow } from "../store/tables.ts";

/** A new id. Those of one process are in the order in which they were made. */
export const newOperationId = (at: number): string => `op_${newId(at)}`;

/** What operations do. */
export const operationKinds = [
  "create_group",
  "change_group",
  "delete_group",
  "put_member",
  "remove_member",
  "import_groups",
  "edit_members",
  "set_members",
] as const;

/** What an operation does. */
export type OperationKind = (typeof operationKinds)[number];

/** Who asks for something. */
export interface Asker {
  /** The id of the API key, or `gateway`. */
  readonly actor: string;
  readonly requestId: string;
  /** The trace that the request is part of. */
  readonly traceId?: string | undefined;
}

/**
 * How far an operation has come.
 *
 * - `sending`: written down before the first byte could leave; its outcome is not.
 * - `succeeded`, `refused`, `partial`: known.
 * - `unknown`: sent, and nobody knows what came of it.
 * - `resolved`: was unknown, and has been settled by a read, a repetition or a human.
 */
export const operationStates = ["sending", "succeeded", "refused", "partial", "unknown", "resolved"] as const;

/** How far an operation has come. */
export type OperationState = (typeof operationStates)[number];

/** Every status that is stored. */
const status = z.literal([200, 201, 202, 204, 207, 404, 422, 501, 502, 503, 504]);

/** The answer that a repetition of the same request gets. */
export const storedAnswer = z.strictObject({
  status,
  headers: z.record(z.string(), z.string()),
  /** Undefined for an answer without a body. */
  body: z.unknown().optional(),
});

/** The answer that a repetition of the same request gets. */
export type StoredAnswer = z.output<typeof storedAnswer>;

/** How an unknown outcome was settled. */
const resolution = z.strictObject({
  outcome: z.enum(["happened", "did_not_happen", "retried"]),
  /** The group that turned out to be there. */
  gid: z.int().optional(),
  /** The API key, or `gateway` after a crash. */
  by: z.string(),
  at: z.int(),
});

/** How an unknown outcome was settled. */
export type Resolution = z.output<typeof resolution>;

/** Whether a part of a group has been written since: a field of the group, or a {@link memberPart}. */
export type IsTouched = (part: string) => boolean;

/** One member as a part of a group. */
export const memberPart = (address: Address): string => `member ${address}`;

/** One call, or list of calls, that the gateway answers for. */
export interface Operation {
  readonly id: string;
  readonly kind: OperationKind;
  readonly state: OperationState;
  /** The id of the API key that asked. */
  readonly actor: string;
  readonly requestId: string;
  /** The trace that the request was part of. */
  readonly traceId: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly fingerprint: string | undefined;
  readonly gid: Gid | undefined;
  readonly request: unknown;
  readonly progress: unknown;
  readonly answer: StoredAnswer | undefined;
  readonly resolution: Resolution | undefined;
  /** The process that makes the calls. */
  readonly instance: string;
  readonly createdAt: number;
  readonly endedAt: number | undefined;
  /** When somebody asked to stop it. */
  readonly cancelAskedAt: number | undefined;
}

const kind = z.enum(operationKinds);
const state = z.enum(operationStates);
const parse = (text: string | null): unknown => (text === null ? undefined : JSON.parse(text));

/** An operation as it is stored. Throws where a row is none of ours. */
export function readOperation(row: Selectable<OperationRow>): Operation {
  return {
    id: row.id,
    kind: kind.parse(row.kind),
    state: state.parse(row.state),
    actor: row.actor,
    requestId: row.request_id,
    traceId: row.trace_id ?? undefined,
    idempotencyKey: row.idempotency_key ?? undefined,
    fingerprint: row.fingerprint ?? undefined,
    gid: row.gid ?? undefined,
    request: parse(row.request),
    progress: parse(row.progress),
    answer: row.answer === null ? undefined : storedAnswer.parse(parse(row.answer)),
    resolution: row.resolution === null ? undefined : resolution.parse(parse(row.resolution)),
    instance: row.instance,
    createdAt: row.created_at,
    endedAt: row.ended_at ?? undefined,
    cancelAskedAt: row.cancel_asked_at ?? undefined,
  };
}
