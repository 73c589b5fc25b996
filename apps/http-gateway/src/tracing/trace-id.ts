/** The trace of a request in W3C's `traceparent`. Undefined where there is none, or one that says nothing. */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  const id = /^(?!ff)[\da-f]{2}-([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-.*)?$/.exec(
    traceparent ?? "",
  )?.[1];
  return id === "0".repeat(32) ? undefined : id;
}
