import { FAILED, registeredSdk, startSpan, type Carrier } from "./sdk.ts";
import { traceIdOf } from "./trace-id.ts";

const reader = {
  get: (carrier: Carrier, name: string): string | undefined => carrier[name],
  keys: (carrier: Carrier): string[] => Object.keys(carrier),
};

// Where @opentelemetry/api keeps the span of a context.
const SPAN = Symbol.for("OpenTelemetry Context Key SPAN");

/** A request as a span tells it: its method, the template of its path, and nothing that anybody wrote. */
export interface Traced {
  readonly method: string;
  readonly route: string;
  readonly traceparent: string | undefined;
}

/** What a span tells of the answer. */
export interface Answered {
  readonly status: number;
  readonly problem: string | undefined;
}

/** Does the work of a request within a span, where an OpenTelemetry SDK is registered. */
export async function inSpan(
  { method, route, traceparent }: Traced,
  work: () => Promise<void>,
  answered: () => Answered,
): Promise<void> {
  const sdk = registeredSdk();
  if (sdk === undefined) return work();
  const { context, propagation } = sdk;
  const active = context?.active();
  const carrier: Carrier = traceIdOf(traceparent) === undefined ? {} : { traceparent: traceparent ?? "" };
  const parent = active && propagation ? propagation.extract(active, carrier, reader) : active;
  const span = startSpan(sdk, { name: `${method} ${route}`, kind: "server", parent });
  span.setAttribute("http.request.method", method);
  span.setAttribute("http.route", route);
  try {
    await (context && parent ? context.with(parent.setValue(SPAN, span), work) : work());
  } finally {
    const { status, problem } = answered();
    span.setAttribute("http.response.status_code", status);
    if (problem !== undefined) span.setAttribute("error.type", problem);
    if (status >= 500) span.setStatus(FAILED);
    span.end();
  }
}
