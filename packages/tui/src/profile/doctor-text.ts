import { sanitize } from "../text/sanitize.ts";
import type { Check } from "./check.ts";

const marks = { ok: "ok", warning: "warn", wrong: "WRONG" } as const satisfies Record<Check["state"], string>;

/** The checks as plain text: one line each, and the advice below it. */
export function doctorText(checks: readonly Check[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length), 0);
  const lines = checks.flatMap(({ name, value, origin, state, advice }) => [
    `${marks[state].padEnd(5)}  ${name.padEnd(width)}  ${sanitize(value)}  (${sanitize(origin)})`,
    ...(advice === undefined ? [] : [`       -> ${sanitize(advice)}`]),
  ]);
  return `${lines.join("\n")}\n`;
}
