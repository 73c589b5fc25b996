import type { CallRecord } from "@mesibo-groups/core";
import { FAILED, registeredSdk, startSpan } from "./sdk.ts";

/** A call as a span tells it: nothing of what was asked for, or answered. */
export type TracedCall = Pick<
  CallRecord,
  "op" | "attempt" | "outcome" | "startedAt" | "durationMs" | "status"
>;

/** Tells one call of mesibo that is over, where an OpenTelemetry SDK is registered. */
export function traceCall({ op, attempt, outcome, startedAt, durationMs, status }: TracedCall): void {
  const sdk = registeredSdk();
  if (sdk === undefined) return;
  const span = startSpan(sdk, { name: op, kind: "client", startTime: startedAt });
  span.setAttribute("mesibo.op", op);
  span.setAttribute("mesibo.attempt", attempt);
  span.setAttribute("mesibo.outcome", outcome);
  if (status !== undefined) span.setAttribute("http.response.status_code", status);
  if (outcome !== "done") span.setStatus(FAILED);
  span.end(startedAt + durationMs);
}
