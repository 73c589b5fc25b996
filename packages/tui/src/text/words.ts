/** `1 member`, `2 members`. The plural is the singular with an s unless given. */
export function plural(count: number, singular: string, plurals = `${singular}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? singular : plurals}`;
}

/** `a`, `a and b`, `a, b and 3 more`; at most `shown` are named. */
export function listed(items: readonly string[], shown = 3): string {
  if (items.length > shown) return `${items.slice(0, shown).join(", ")} and ${items.length - shown} more`;
  const last = items.at(-1) ?? "nobody";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}

const DAY = 86_400;

const units = [
  [365 * DAY, "y"],
  [DAY, "d"],
  [3600, "h"],
  [60, "min"],
] as const;

/** Seconds as a short duration: `1 y`, `212 d`, `5 h`, `3 min`, `20 s`. */
export function duration(seconds: number): string {
  for (const [size, name] of units) {
    // A moment less than a unit reads as the unit: a group made a second ago has a year to live, not 364 days.
    const count = Math.floor((seconds + Math.min(size / 100, 60)) / size);
    if (count > 0) return `${count} ${name}`;
  }
  return `${Math.max(0, Math.round(seconds))} s`;
}

/** `13:05:22`, in local time. */
export const clockTime = (unixMs: number): string => {
  const at = new Date(unixMs);
  return [at.getHours(), at.getMinutes(), at.getSeconds()]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
};

/** `2026-11-23 13:05`, in local time. */
export const dateTime = (unixMs: number): string => {
  const at = new Date(unixMs);
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) =>
    String(part).padStart(2, "0"),
  );
  return `${day.join("-")} ${clockTime(unixMs).slice(0, 5)}`;
};

/** A sentence with a capital first letter. */
export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
