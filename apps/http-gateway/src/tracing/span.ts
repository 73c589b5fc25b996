import { quietly, type Context, type Sdk, type SpanOptions } from "./sdk.ts";

/** A span that is under way. Nothing of it ever throws. */
export interface Span {
  readonly set: (name: string, value: string | number) => void;
  /** Says that what it is of has failed. */
  readonly fail: () => void;
  /** At a time in Unix milliseconds. Default: now. */
  readonly end: (at?: number) => void;
  /** A context within it. */
  readonly within: (context: Context) => Context;
}

// In OpenTelemetry's numbers.
const kinds = { internal: 0, server: 1, client: 2 } as const;
const FAILED = { code: 2 } as const;

// Where @opentelemetry/api keeps the span of a context.
const SPAN = Symbol.for("OpenTelemetry Context Key SPAN");

/** Whether a span is under way. */
export const isTraced = ({ context }: Sdk): boolean =>
  quietly(() => context?.active().getValue(SPAN)) !== undefined;

interface Beginning extends Omit<SpanOptions, "kind"> {
  readonly name: string;
  readonly kind: keyof typeof kinds;
  /** Default: whatever is under way. */
  readonly parent?: Context | undefined;
}

/** Begins a span of the tracer `mesibo-gateway`: now, and within whatever is under way, unless told otherwise. */
export function startSpan({ trace, context }: Sdk, { name, kind, parent, ...options }: Beginning): Span {
  const span = quietly(() =>
    trace
      .getTracer("mesibo-gateway")
      .startSpan(name, { kind: kinds[kind], ...options }, parent ?? context?.active()),
  );
  return {
    set: (attribute, value) => void quietly(() => span?.setAttribute(attribute, value)),
    fail: () => void quietly(() => span?.setStatus(FAILED)),
    end: (at) => quietly(() => span?.end(at)),
    within: (outer) => quietly(() => outer.setValue(SPAN, span)) ?? outer,
  };
}
