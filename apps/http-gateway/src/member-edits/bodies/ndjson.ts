import type { Line } from "./line.ts";
import { textLines } from "./text-lines.ts";

/** The members in an NDJSON body: `{"address":"alice","permissions":{…}}` on each line. Empty lines are none. */
export function* ndjsonLines(body: string): Generator<Line> {
  for (const { number, text, fault } of textLines(body)) {
    const at = [`line ${number}`] as const;
    if (fault !== undefined) {
      yield { at, fault };
      continue;
    }
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      yield { at, fault: `line ${number} is not JSON: give one object on each line.` };
      continue;
    }
    yield { at, value };
  }
}
