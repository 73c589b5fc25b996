const seconds = new Map([
  ["", 1],
  ["s", 1],
  ["m", 60],
  ["min", 60],
  ["h", 3_600],
  ["d", 86_400],
  ["w", 604_800],
  ["y", 31_536_000],
]);

/** The seconds that a text says: `3600`, `90 min`, `12h`, `30d`, `2w`, `1y`. Undefined for any other text. */
export function parseDuration(text: string): number | undefined {
  const [, count, unit = ""] = /^\s*(\d{1,10})\s*([a-z]*)\s*$/i.exec(text) ?? [];
  const size = seconds.get(unit.toLowerCase());
  return count === undefined || size === undefined ? undefined : Number(count) * size;
}
