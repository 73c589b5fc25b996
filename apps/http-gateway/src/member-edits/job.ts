import type { Gid } from "@mesibo-groups/core";
import * as z from "zod";
import type { IdempotencyKey } from "../operations/idempotency.ts";
import type { Asker, OperationKind } from "../operations/operation.ts";

/** What an operation keeps of a request to edit members, besides the edits. */
export const jobRequest = z.strictObject({
  gid: z.int(),
  total: z.int(),
  /** Whether it goes on when nobody waits for it, after a restart too. */
  in_background: z.boolean(),
  continue_on_unknown: z.boolean(),
  /** Calls that may be spent on finding the addresses at fault; null is as many as core spends. */
  isolation_calls: z.int().nullable(),
});

/** What an operation keeps of a request to edit members, besides the edits. */
export type JobRequest = z.output<typeof jobRequest>;

/** A list of members to edit. */
export interface Job extends Asker {
  /** The id of its operation. */
  readonly id: string;
  readonly kind: Extract<OperationKind, "edit_members" | "set_members">;
  readonly key: IdempotencyKey | undefined;
  readonly request: JobRequest;
}

/** The group of a job. */
export const gidOf = ({ request }: Pick<Job, "request">): Gid => request.gid;

/** Why a job sent no further call. */
export const stopReasons = [
  "cancelled",
  "caller_left",
  "draining",
  "unknown_outcome",
  "refused",
  "not_sent",
] as const;

/** Why a job sent no further call. */
export type StopReason = (typeof stopReasons)[number];

/** What kept the rest of a job from being sent. */
const stopped = z.strictObject({ reason: z.enum(stopReasons), detail: z.string() });

/** What kept the rest of a job from being sent. */
export type Stopped = z.output<typeof stopped>;

/** How far a job has come, and at its end what has become of it. */
export const progress = z.strictObject({
  total: z.int(),
  /** Added, updated, removed, or so already. */
  succeeded: z.int(),
  /** Refused: definitely not done. */
  failed: z.int(),
  /** Sent, and nobody knows what came of it. */
  unknown: z.int(),
  /** Never sent. */
  skipped: z.int(),
  /** Calls of mesibo. */
  calls: z.int(),
  /** Null while it is under way, and where nothing was kept back. */
  stopped: stopped.nullable(),
});

/** How far a job has come, and at its end what has become of it. */
export type Progress = z.output<typeof progress>;

/** A job that has just begun. */
export const noProgress = (total: number): Progress => ({
  total,
  succeeded: 0,
  failed: 0,
  unknown: 0,
  skipped: 0,
  calls: 0,
  stopped: null,
});
