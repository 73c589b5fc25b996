/** A span as an OpenTelemetry SDK has it. */
interface SdkSpan {
  readonly setAttribute: (name: string, value: string | number) => unknown;
  readonly setStatus: (status: { readonly code: number }) => unknown;
  /** At a time in Unix milliseconds. Default: now. */
  readonly end: (at?: number) => void;
}

/** What an SDK knows of where it is. */
export interface Context {
  readonly getValue: (key: symbol) => unknown;
  readonly setValue: (key: symbol, value: unknown) => Context;
}

/** The headers that a context is read from. */
export type Carrier = Readonly<Record<string, string>>;

/** How an SDK reads them. */
interface CarrierReader {
  readonly get: (carrier: Carrier, name: string) => string | undefined;
  readonly keys: (carrier: Carrier) => string[];
}

/** How a span begins. */
export interface SpanOptions {
  readonly kind: number;
  /** Unix milliseconds. Default: now. */
  readonly startTime?: number;
}

/** What an OpenTelemetry SDK registers, as far as it is used here. */
export interface Sdk {
  readonly trace: {
    readonly getTracer: (name: string) => {
      readonly startSpan: (name: string, options: SpanOptions, parent?: Context) => SdkSpan;
    };
  };
  readonly context?: {
    readonly active: () => Context;
    readonly with: <T>(context: Context, work: () => T) => T;
  };
  readonly propagation?: {
    readonly extract: (context: Context, carrier: Carrier, reader: CarrierReader) => Context;
  };
}

// Where @opentelemetry/api keeps what an SDK registers. With it the gateway needs no dependency, and an SDK that
// `node --import` brings along is found wherever it is installed.
const API = Symbol.for("opentelemetry.js.api.1");

const isSdk = (api: unknown): api is Sdk => typeof api === "object" && api !== null && "trace" in api;

/** The SDK that is registered, or undefined. */
export function registeredSdk(): Sdk | undefined {
  const api: unknown = Reflect.get(globalThis, API);
  return isSdk(api) ? api : undefined;
}

/** Asks an SDK for something. What breaks in it, or in what the operator has put into it, changes no outcome. */
export function quietly<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
