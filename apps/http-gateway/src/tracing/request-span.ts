import { quietly, registeredSdk, type Carrier } from "./sdk.ts";
import { startSpan } from "./span.ts";
import { traceIdOf } from "./trace-id.ts";

const reader = {
  get: (carrier: Carrier, name: string): string | undefined => carrier[name],
  keys: (carrier: Carrier): string[] => Object.keys(carrier),
};

/** A request as a span tells it: its method, the template of its path, and nothing that anybody wrote. */
export interface TracedRequest {
  readonly method: string;
  readonly route: string;
  readonly traceparent: string | undefined;
}

/** What a span tells of the answer. */
export interface TracedAnswer {
  readonly status: number;
  readonly problem: string | undefined;
}

/** Does the work of a request within a span, where an OpenTelemetry SDK is registered. */
export async function inSpan(
  { method, route, traceparent }: TracedRequest,
  work: () => Promise<void>,
  answered: () => TracedAnswer,
): Promise<void> {
  const sdk = registeredSdk();
  if (sdk === undefined) return work();
  const { context, propagation } = sdk;
  const active = context?.active();
  const carrier: Carrier = traceIdOf(traceparent) === undefined ? {} : { traceparent: traceparent ?? "" };
  const parent =
    active && propagation ? (quietly(() => propagation.extract(active, carrier, reader)) ?? active) : active;
  const span = startSpan(sdk, { name: `${method} ${route}`, kind: "server", parent });
  span.set("http.request.method", method);
  span.set("http.route", route);
  try {
    await (context && parent ? context.with(span.within(parent), work) : work());
  } finally {
    const { status, problem } = answered();
    span.set("http.response.status_code", status);
    if (problem !== undefined) span.set("error.type", problem);
    if (status >= 500) span.fail();
    span.end();
  }
}
