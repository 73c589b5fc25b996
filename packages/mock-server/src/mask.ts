import { SHORTEST_SECRET } from "@mesibo-groups/core/wire";

export { MASK, SHORTEST_SECRET } from "@mesibo-groups/core/wire";

/** A token as it may be shown: enough to tell two apart, too little to use. */
export function maskToken(token: string): string {
  return token.length < SHORTEST_SECRET ? "…" : `${token.slice(0, 2)}…${token.slice(-2)}`;
}

/** A value with every text in it changed. */
export function mapTexts<T>(value: T, change: (text: string) => string): T;
export function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item: unknown) => mapTexts(item, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
}
