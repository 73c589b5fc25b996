import type { CallRecord } from "@mesibo-groups/core";
import { registeredSdk } from "./sdk.ts";
import { startSpan } from "./span.ts";

/** Tells one call of mesibo that is over, and nothing that was asked for or answered, where an SDK is registered. */
export function traceCall({ op, attempt, outcome, startedAt, durationMs, status }: CallRecord): void {
  const sdk = registeredSdk();
  if (sdk === undefined) return;
  const span = startSpan(sdk, { name: op, kind: "client", startTime: startedAt });
  span.set("mesibo.op", op);
  span.set("mesibo.attempt", attempt);
  span.set("mesibo.outcome", outcome);
  if (status !== undefined) span.set("http.response.status_code", status);
  if (outcome !== "done") span.fail();
  span.end(startedAt + durationMs);
}
