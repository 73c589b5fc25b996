/** @jsxImportSource hono/jsx */
import type { JSX } from "hono/jsx/jsx-runtime";

const units = [
  { name: "d", seconds: 86_400 },
  { name: "h", seconds: 3_600 },
  { name: "min", seconds: 60 },
  { name: "s", seconds: 1 },
] as const;

/** Seconds in the two largest units that they fill: `364 d 23 h`. */
export function duration(seconds: number): string {
  let rest = Math.round(Math.abs(seconds));
  const parts = units.flatMap(({ name, seconds: size }) => {
    const number = Math.floor(rest / size);
    rest -= number * size;
    return number === 0 ? [] : [`${number} ${name}`];
  });
  const shown = parts.length === 0 ? "0 s" : parts.slice(0, 2).join(" ");
  return seconds < 0 ? `-${shown}` : shown;
}

/** Unix seconds as RFC 3339 without a fraction; undefined where no calendar has them. */
export function isoTime(unix: number): string | undefined {
  const date = new Date(unix * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace(/\.\d+Z$/, "Z");
}

/** A moment in Unix seconds. */
export function Time({ at }: { at: number }): JSX.Element {
  const iso = isoTime(at);
  if (iso === undefined) return <span class="number">{at}</span>;
  return (
    <time class="number" datetime={iso}>
      {iso.replace("T", " ").replace("Z", "")}
    </time>
  );
}
