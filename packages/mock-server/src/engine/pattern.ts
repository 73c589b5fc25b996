/**
 * Whether `text` is `pattern`, in which `*` stands for any text.
 *
 * mesibo: the console wraps a search in `*` (CON); without one the match is exact. Whether mesibo minds the case
 * is not published: here it does. Linear, whatever the pattern.
 */
export function matches(pattern: string | undefined, text: string): boolean {
  if (pattern === undefined) return true;
  const parts = pattern.split("*");
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  if (parts.length === 1) return text === pattern;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
    return false;

  let from = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, from);
    if (found === -1 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}

/** mesibo: 20 where none is asked for (D1full, PG). That 0 means the same is INFERRED. */
export const DEFAULT_COUNT = 20;

/** How many rows to list. */
export const limitOf = (count: number | undefined): number =>
  count === undefined || count === 0 ? DEFAULT_COUNT : count;
