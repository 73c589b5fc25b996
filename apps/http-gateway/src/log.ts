import type { Recovered } from "./operations/recover.ts";

/**
 * One answered request. Built from fields that are known to be harmless: no path, because it holds addresses,
 * and no header, body or message.
 */
export interface RequestRecord {
  readonly event: "request";
  readonly time: string;
  readonly request_id: string;
  /** The trace that the request is part of, from its `traceparent`; null where it is part of none. */
  readonly trace_id: string | null;
  readonly method: string;
  /** The path's template, or null for an unknown path. */
  readonly route: string | null;
  readonly status: number;
  readonly problem: string | null;
  readonly duration_ms: number;
  /** The address that the request came from, or null where it came from the same process. */
  readonly client: string | null;
}

/** A mistake of the gateway's own: where it happened, without the message, which could hold anything. */
export interface DefectRecord {
  readonly event: "defect";
  readonly time: string;
  readonly request_id: string;
  readonly error: string;
  readonly stack: readonly string[];
}

/** An operation that a process left behind without an outcome, and which request had asked for it. */
export interface RecoveryRecord {
  readonly event: "recovery";
  readonly time: string;
  readonly operation: string;
  readonly kind: Recovered["operation"]["kind"];
  readonly became: Recovered["became"];
  readonly request_id: string;
  readonly trace_id: string | null;
}

/** One line of the gateway's log. */
export type LogRecord = RequestRecord | DefectRecord | RecoveryRecord;

/** Takes one record. What it throws is ignored. */
export type Log = (record: LogRecord) => void;

/** Hands a record to the log. A full disk must not turn a done request into a failed one. */
export function writeRecord(log: Log | undefined, record: LogRecord): void {
  try {
    log?.(record);
  } catch {
    // Nobody is left to tell.
  }
}

/** The record of a mistake: the error's class and the places in the code, never its message. */
export function defectRecord(error: unknown, requestId: string): DefectRecord {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return {
    event: "defect",
    time: new Date().toISOString(),
    request_id: requestId,
    error: error instanceof Error ? error.name.slice(0, 60) : typeof error,
    stack: stack
      .split("\n")
      .filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line))
      .slice(0, 8)
      .map((line) => line.trim()),
  };
}

/** The record of an operation that was left behind. */
export function recoveryRecord({ operation, became }: Recovered): RecoveryRecord {
  const { id, kind, requestId, traceId } = operation;
  return {
    event: "recovery",
    time: new Date().toISOString(),
    operation: id,
    kind,
    became,
    request_id: requestId,
    trace_id: traceId ?? null,
  };
}
