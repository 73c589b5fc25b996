import { randomUUID } from "node:crypto";
import type { Parameter } from "./document.ts";
import type { Pool } from "./pool.ts";
import type { Asker, Shot } from "./shot.ts";

/** A request as it leaves. */
export interface Aimed {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** The text of each parameter that is sent. */
  readonly texts: Readonly<Record<string, string>>;
}

/** Whether a header can carry a text at all. */
const fitsHeader = (text: string): boolean => /^[\u0020-\u007e]*$/.test(text) && text.trim() === text;

/** A text that stays one segment of a path: a dot segment would be another path before anybody sees it. */
const segment = (text: string): string =>
  /^\.{0,2}$/.test(text) ? "x" : encodeURIComponent(text.toWellFormed());

/** Fills in what a request uses of earlier answers. */
export function aim(
  shot: Shot,
  { pool, keys }: { readonly pool: Pool; readonly keys: Readonly<Record<Asker, string | undefined>> },
): Aimed {
  const { route, otherMethod, asker, parameters, body } = shot;
  const all = route.operation.parameters ?? [];
  const texts: Record<string, string> = {};
  for (const { name, in: place } of all) {
    const given = parameters[name];
    if (given === undefined) continue;
    const learned =
      given.learned === undefined ? undefined : pool.get({ path: route.path, name, index: given.learned });
    const text =
      name === "idempotency-key" && given.learned !== undefined ? randomUUID() : (learned ?? given.text);
    if (place !== "header" || (text !== "" && fitsHeader(text))) texts[name] = text;
  }
  const within = (place: Parameter["in"]): readonly (readonly [string, string])[] =>
    all.flatMap(({ name, in: own }) => {
      const text = texts[name];
      return own === place && text !== undefined ? [[name, text] as const] : [];
    });
  let path = route.path;
  for (const [name, text] of within("path")) path = path.replace(`{${name}}`, () => segment(text));
  const query = within("query")
    .map(([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text.toWellFormed())}`)
    .join("&");
  const key = keys[asker];
  const bodyless = ["GET", "HEAD"].includes(otherMethod ?? route.method);
  return {
    method: otherMethod ?? route.method,
    target: query === "" ? path : `${path}?${query}`,
    headers: {
      ...shot.headers,
      ...Object.fromEntries(within("header")),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined || bodyless ? {} : { "content-type": body.media }),
    },
    body: bodyless ? undefined : body?.text,
    texts,
  };
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/** The request as a line for a shell. */
export function curlOf({ method, target, headers, body }: Aimed, url = "http://127.0.0.1:4020"): string {
  const lines = Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  const data = body === undefined ? [] : [`--data-binary ${quoted(body)}`];
  return ["curl", "-i", "-X", method, quoted(`${url}${target}`), ...lines, ...data].join(" ");
}
