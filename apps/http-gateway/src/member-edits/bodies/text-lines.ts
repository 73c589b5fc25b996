/** The longest line, in characters. */
const MAX_LINE_CHARS = 4096;

/** A line of a text that is not empty. */
export interface TextLine {
  /** From 1; empty lines count too. */
  readonly number: number;
  /** Without its end, and cut where it is too long. */
  readonly text: string;
  /** Why it cannot be read. Nothing behind it is. */
  readonly fault?: string;
}

/** The lines of a text, which end with LF or CRLF, up to one that is too long. */
export function* textLines(text: string): Generator<TextLine> {
  let number = 0;
  for (let from = 0; from < text.length;) {
    const found = text.indexOf("\n", from);
    const end = found === -1 ? text.length : found;
    const line = text.slice(from, text[end - 1] === "\r" ? end - 1 : end);
    from = end + 1;
    number += 1;
    if (line.length > MAX_LINE_CHARS) {
      const fault = `line ${number} is longer than ${MAX_LINE_CHARS} characters.`;
      yield { number, text: line.slice(0, MAX_LINE_CHARS), fault };
      return;
    }
    if (line !== "") yield { number, text: line };
  }
}
