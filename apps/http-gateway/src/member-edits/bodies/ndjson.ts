import type { Line } from "./line.ts";

/** The longest line, in characters. */
export const MAX_LINE_CHARS = 4096;

function* linesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length;) {
    const end = text.indexOf("\n", from);
    const to = end === -1 ? text.length : end;
    yield text.slice(from, text[to - 1] === "\r" ? to - 1 : to);
    from = to + 1;
  }
}

/** The members in an NDJSON body: `{"address":"alice","permissions":{…}}` on each line. Empty lines are none. */
export function* ndjsonLines(text: string): Generator<Line> {
  let number = 0;
  for (const line of linesOf(text)) {
    number += 1;
    if (line === "") continue;
    const at = [`line ${number}`] as const;
    if (line.length > MAX_LINE_CHARS) {
      yield { at, fault: `line ${number} is longer than ${MAX_LINE_CHARS} characters.` };
      return;
    }
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      yield { at, fault: `line ${number} is not JSON: give one object on each line.` };
      continue;
    }
    yield { at, value };
  }
}
