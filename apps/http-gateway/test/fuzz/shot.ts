import fc, { type Arbitrary } from "fast-check";
import type { Document, Parameter, Route, Schema } from "./document.ts";
import { nearlyValid, parameterText, valid } from "./values.ts";

/** Who asks: somebody who may do everything, nobody, somebody with a bad key, with one for another group, with a found one. */
export type Asker = "full" | "none" | "wrong" | "foreign" | "found";

/** One request as it was made up; what it uses of earlier answers is filled in when its turn comes. */
export interface Shot {
  readonly route: Route;
  /** A method in place of the documented one. */
  readonly otherMethod: string | undefined;
  readonly asker: Asker;
  /** By parameter: a text, or which of what was learned to take where there is any. Left out: not sent. */
  readonly parameters: Readonly<
    Record<string, { readonly text: string; readonly learned: number | undefined }>
  >;
  /** Undefined: no body. */
  readonly body: { readonly media: string; readonly text: string } | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** mesibo's answer to this one is lost. */
  readonly lost: boolean;
  /** Sent a second time as it was. */
  readonly again: boolean;
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

const rarely = <T>(weight: number, usual: T, other: Arbitrary<T>): Arbitrary<T> =>
  fc.oneof({ weight: 100 - weight, arbitrary: fc.constant(usual) }, { weight, arbitrary: other });

/** A value as a body of this media type holds it. */
function written(value: unknown, media: string): string {
  if (/ndjson/.test(media) && Array.isArray(value))
    return value.map((line) => JSON.stringify(line)).join("\n");
  return media.startsWith("text/") && typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

function bodyOf(document: Document, media: string, given: Schema): Arbitrary<Shot["body"]> {
  // Of lines the document says what one is.
  const schema: Schema = /ndjson/.test(media) ? { type: "array", items: given } : given;
  const json = (value: Arbitrary<unknown>) => value.map((made) => ({ media, text: written(made, media) }));
  return fc.oneof(
    { weight: 60, arbitrary: json(valid(document, schema)) },
    { weight: 25, arbitrary: json(nearlyValid(document, schema)) },
    { weight: 5, arbitrary: json(fc.jsonValue({ maxDepth: 3 })) },
    {
      weight: 4,
      arbitrary: fc
        .string({ unit: "binary", maxLength: 30 })
        .map((text) => ({ media, text: text.toWellFormed() })),
    },
    {
      weight: 3,
      arbitrary: json(valid(document, schema)).map(({ text }) => ({ media: "text/plain", text })),
    },
    { weight: 3, arbitrary: fc.constant(undefined) },
  );
}

function parameterOf(document: Document, parameter: Parameter) {
  const text = parameterText(document, parameter);
  const made = fc.record({ text, learned: fc.option(fc.nat(1000), { nil: undefined, freq: 1 }) });
  const needed = parameter.required === true;
  const share = needed ? (parameter.in === "path" ? 0 : 4) : 60;
  return fc.oneof(
    { weight: 100 - share, arbitrary: made },
    ...(share === 0 ? [] : [{ weight: share, arbitrary: fc.constant(undefined) }]),
  );
}

function shotAt(document: Document, route: Route): Arbitrary<Shot> {
  const { parameters = [], requestBody, responses } = route.operation;
  const contents = Object.entries(requestBody?.content ?? {});
  const body =
    contents.length === 0
      ? fc.constant(undefined)
      : fc.oneof(...contents.map(([media, { schema = {} }]) => bodyOf(document, media, schema)));
  const taken = new Set(Object.keys(document.paths[route.path] ?? {}).map((method) => method.toUpperCase()));
  const others = METHODS.filter((method) => !taken.has(method));
  const answers = Object.entries(responses).flatMap(([, { content = {} }]) => Object.keys(content));
  const accept = fc.constantFrom(...new Set(["*/*", "text/html", "application/xml;q=0.1", "", ...answers]));
  return fc
    .record({
      otherMethod: rarely(3, undefined, fc.constantFrom(...others)),
      asker: fc.oneof(
        { weight: 80, arbitrary: fc.constant<Asker>("full") },
        { weight: 20, arbitrary: fc.constantFrom<Asker>("none", "wrong", "foreign", "foreign", "found") },
      ),
      parameters: fc.record(
        Object.fromEntries(parameters.map((parameter) => [parameter.name, parameterOf(document, parameter)])),
      ),
      body,
      accept: rarely(10, undefined, accept),
      requestId: rarely(5, undefined, fc.constantFrom("abc", "a b", "x".repeat(65), "<script>")),
      lost: fc.nat(60).map((die) => die === 0),
      again: fc.nat(10).map((die) => die === 0),
    })
    .map(({ accept, requestId, parameters: made, ...shot }): Shot => ({
      ...shot,
      route,
      parameters: Object.fromEntries(
        Object.entries(made).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
      ),
      headers: {
        ...(accept === undefined ? {} : { accept }),
        ...(requestId === undefined ? {} : { "x-request-id": requestId }),
      },
    }));
}

/** Requests to any documented operation, those that change something more often. */
export function shots(document: Document, routes: readonly Route[]): Arbitrary<Shot> {
  return fc.oneof(
    ...routes.map((route) => ({
      weight: route.path.startsWith("/v1/") ? (route.method === "GET" ? 3 : 5) : 1,
      arbitrary: shotAt(document, route),
    })),
  );
}
