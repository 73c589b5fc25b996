import { SHORTEST_SECRET } from "../mask.ts";
import type { Json } from "./case.ts";

/** Turns answers of one case into what two runs have in common, and requests back. */
export interface Canon {
  /** An answer with references in place of ids, tokens and times. */
  readonly answer: (body: unknown) => Json;
  /** A request with what its references stand for, written as a query, a form or JSON has it. */
  readonly request: (text: string, encode: (value: string) => string) => string;
}

type Kind = "gid" | "uid" | "mid" | "token";
const kinds: ReadonlySet<string> = new Set(["gid", "uid", "mid", "token"] satisfies Kind[]);
const times: ReadonlySet<string> = new Set(["ts", "uts"]);
const counters: ReadonlySet<string> = new Set(["userscount", "groupscount"]);

const MINUTE = 60;

/** A lifetime that has run for less than a minute, as it was set. */
const lifetime = (seconds: number): number => Math.ceil(seconds / MINUTE) * MINUTE;

// Numbers that come as text are another answer; a token is a text always.
const asText = (reference: string, value: unknown): string =>
  typeof value === "string" && !reference.startsWith("<token") ? `${reference} as text` : reference;

/** References for one case of a run. The app token, which must not be shown, is one from the start. */
export function createCanon({ token, prefix }: { readonly token: string; readonly prefix: string }): Canon {
  const values = new Map<string, string>([["<token>", token]]);
  const references = new Map<string, string>();
  const counts = new Map<string, number>();

  const referTo = (kind: string, value: string): string => {
    const key = `${kind} ${value}`;
    const known = references.get(key);
    if (known !== undefined) return known;
    const count = (counts.get(kind) ?? 0) + 1;
    const reference = `<${kind}${count}>`;
    counts.set(kind, count);
    references.set(key, reference);
    values.set(reference, value);
    return reference;
  };

  // A short token is found in words that have nothing to do with it, so it counts as a whole value alone.
  const withoutToken = (value: string): string =>
    token.length < SHORTEST_SECRET ? value : value.replaceAll(token, "<token>");
  const text = (value: string): string =>
    value === token ? "<token>" : withoutToken(value).replaceAll(prefix, "~");

  const member = (key: string, value: unknown): Json => {
    if (key === "app") return "<app>";
    if (key === "cause" && typeof value === "string") return "<words>";
    if (typeof value === "string" || typeof value === "number") {
      if (kinds.has(key)) return asText(referTo(key, String(value)), value);
      if (times.has(key)) return asText("<time>", value);
      if (counters.has(key)) return asText("<number>", value);
      if (key === "expinsec" && typeof value === "number") return lifetime(value);
    }
    return canonical(value);
  };

  const canonical = (value: unknown): Json => {
    if (typeof value === "string") return text(value);
    if (typeof value === "number" || typeof value === "boolean") return value;
    if (Array.isArray(value)) return value.map(canonical);
    if (typeof value !== "object" || value === null) return null;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, member(key, each)]));
  };

  return {
    answer: canonical,
    request: (request, encode) =>
      request.replaceAll("~", prefix).replaceAll(/<[a-z]+\d*>/g, (reference) => {
        const value = values.get(reference);
        return value === undefined ? reference : encode(value);
      }),
  };
}
