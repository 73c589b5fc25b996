/** The trace of a request in W3C's `traceparent`. Undefined where there is none, or one that says nothing. */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  const id = /^(?!ff)[\da-f]{2}-([\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}(?:-.*)?$/.exec(
    traceparent ?? "",
  )?.[1];
  return id === "0".repeat(32) ? undefined : id;
}

interface Span {
  readonly setAttribute: (name: string, value: string | number) => unknown;
  readonly setStatus: (status: { readonly code: number }) => unknown;
  readonly end: () => void;
}

interface Context {
  readonly setValue: (key: symbol, value: unknown) => Context;
}

/** What an OpenTelemetry SDK registers, as far as it is used here. */
interface Registered {
  readonly trace: {
    readonly getTracer: (name: string) => {
      readonly startSpan: (name: string, options: { readonly kind: number }, parent?: Context) => Span;
    };
  };
  readonly context?: {
    readonly active: () => Context;
    readonly with: <T>(context: Context, work: () => T) => T;
  };
  readonly propagation?: {
    readonly extract: (context: Context, carrier: Carrier, getter: typeof reader) => Context;
  };
}

type Carrier = Readonly<Record<string, string>>;

const reader = {
  get: (carrier: Carrier, name: string): string | undefined => carrier[name],
  keys: (carrier: Carrier): string[] => Object.keys(carrier),
};

// Where @opentelemetry/api keeps what an SDK registers, and a context its span. With them the gateway needs no
// dependency, and an SDK that `node --import` brings along is found wherever it is installed.
const API = Symbol.for("opentelemetry.js.api.1");
const SPAN = Symbol.for("OpenTelemetry Context Key SPAN");
const SERVER = 1;
const ERROR = 2;

const isRegistered = (api: unknown): api is Registered =>
  typeof api === "object" && api !== null && "trace" in api;

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
  const api: unknown = Reflect.get(globalThis, API);
  if (!isRegistered(api)) return work();
  const { trace, context, propagation } = api;
  const active = context?.active();
  const carrier: Carrier = traceIdOf(traceparent) === undefined ? {} : { traceparent: traceparent ?? "" };
  const parent = active && propagation ? propagation.extract(active, carrier, reader) : active;
  const span = trace.getTracer("mesibo-gateway").startSpan(`${method} ${route}`, { kind: SERVER }, parent);
  span.setAttribute("http.request.method", method);
  span.setAttribute("http.route", route);
  try {
    await (context && parent ? context.with(parent.setValue(SPAN, span), work) : work());
  } finally {
    const { status, problem } = answered();
    span.setAttribute("http.response.status_code", status);
    if (problem !== undefined) span.setAttribute("error.type", problem);
    if (status >= 500) span.setStatus({ code: ERROR });
    span.end();
  }
}
