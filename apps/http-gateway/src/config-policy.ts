import { readNumber } from "./config-operations.ts";
import type { Settings } from "./settings.ts";

/** How the gateway asks mesibo. Times are in milliseconds. */
export interface PolicyConfig {
  /** For one request. */
  readonly timeoutMs: number;
  /** For its connection, where it needs a new one. */
  readonly connectMs: number;
  /** For a whole operation, waiting and repetitions included. */
  readonly deadlineMs: number;
  readonly maxInFlight: number;
  readonly maxQueued: number;
  readonly queueWaitMs: number;
  readonly quietMs: number;
}

/** What holds when nothing is configured. */
export const defaultPolicy: PolicyConfig = {
  timeoutMs: 8_000,
  connectMs: 2_000,
  deadlineMs: 20_000,
  maxInFlight: 8,
  maxQueued: 64,
  queueWaitMs: 2_000,
  quietMs: 16_000,
};

const HOUR_MS = 3_600_000;

/** Reads how the gateway asks mesibo. */
export function readPolicy(settings: Settings): PolicyConfig {
  const timeoutMs = readNumber(settings, "TIMEOUT_MS", [100, HOUR_MS]) ?? defaultPolicy.timeoutMs;
  const deadlineMs = readNumber(settings, "DEADLINE_MS", [100, HOUR_MS]) ?? defaultPolicy.deadlineMs;
  if (timeoutMs > deadlineMs) {
    settings.fault(
      `TIMEOUT_MS is ${timeoutMs} and DEADLINE_MS ${deadlineMs}: one request must not take longer than all of them.`,
    );
  }
  const connectMs = readNumber(settings, "CONNECT_TIMEOUT_MS", [100, HOUR_MS]);
  if (connectMs !== undefined && connectMs > timeoutMs) {
    settings.fault(
      `CONNECT_TIMEOUT_MS is ${connectMs} and TIMEOUT_MS ${timeoutMs}: a connection must not take longer than its whole request.`,
    );
  }
  return {
    timeoutMs,
    connectMs: connectMs ?? Math.min(defaultPolicy.connectMs, timeoutMs),
    deadlineMs,
    maxInFlight: readNumber(settings, "MAX_IN_FLIGHT", [1, 1_000]) ?? defaultPolicy.maxInFlight,
    maxQueued: readNumber(settings, "MAX_QUEUED", [0, 100_000]) ?? defaultPolicy.maxQueued,
    queueWaitMs: readNumber(settings, "QUEUE_WAIT_MS", [0, HOUR_MS]) ?? defaultPolicy.queueWaitMs,
    quietMs: readNumber(settings, "QUIET_MS", [0, HOUR_MS]) ?? 2 * timeoutMs,
  };
}
