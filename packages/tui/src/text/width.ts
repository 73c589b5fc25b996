import stringWidth from "string-width";
import { sanitize } from "./sanitize.ts";

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

const plainAscii = /^[\u0020-\u007e]*$/;

/** More code points than this are never one character that a person reads, only combining marks piled up. */
const MAX_GRAPHEME_CODE_POINTS = 4;

/** The user-perceived characters of a text, in order. */
export function* graphemes(text: string): Generator<string> {
  if (plainAscii.test(text)) {
    yield* text;
    return;
  }
  for (const { segment } of segmenter.segment(text)) {
    yield segment.length <= MAX_GRAPHEME_CODE_POINTS
      ? segment
      : Array.from(segment).slice(0, MAX_GRAPHEME_CODE_POINTS).join("");
  }
}

/** Columns that a sanitised text takes in a terminal. */
export const widthOf = (text: string): number => (plainAscii.test(text) ? text.length : stringWidth(text));

interface Cut {
  readonly text: string;
  readonly width: number;
  readonly whole: boolean;
}

/** The longest beginning of a sanitised text that takes at most `width` columns. */
function cut(text: string, width: number): Cut {
  let taken = "";
  let columns = 0;
  for (const grapheme of graphemes(text)) {
    const wide = widthOf(grapheme);
    if (columns + wide > width) return { text: taken, width: columns, whole: false };
    taken += grapheme;
    columns += wide;
  }
  return { text: taken, width: columns, whole: true };
}

/** The text with a question mark for each column that is not ASCII, for terminals that know nothing else. */
export function toAscii(text: string): string {
  if (/^\p{ASCII}*$/u.test(text)) return text;
  return Array.from(graphemes(text), (grapheme) =>
    /^\p{ASCII}+$/u.test(grapheme) ? grapheme : "?".repeat(widthOf(grapheme)),
  ).join("");
}

/** What to fit a text into. */
export interface FitOptions {
  /** Columns. */
  readonly width: number;
  /** Stands for what was cut off. */
  readonly ellipsis: string;
  /** Default: `start`, padded at the end. */
  readonly align?: "start" | "end" | undefined;
}

/**
 * Sanitises a text and makes it exactly `width` columns wide: cut with an ellipsis, or padded with spaces.
 * Costs what the width costs, whatever the length of the text.
 */
export function fit(text: string, { width, ellipsis, align = "start" }: FitOptions): string {
  if (width <= 0) return "";
  const { text: short, width: columns } = shorten(text, { width, ellipsis });
  const padding = " ".repeat(width - columns);
  return align === "start" ? `${short}${padding}` : `${padding}${short}`;
}

/** Sanitises a text and cuts it to at most `width` columns. */
export function shorten(
  text: string,
  { width, ellipsis }: { readonly width: number; readonly ellipsis: string },
): { readonly text: string; readonly width: number } {
  // No visible character takes more code units than this allows; what lies behind is cut off anyway.
  const clean = sanitize(text.slice(0, width * 8 + 8));
  const whole = cut(clean, width);
  if (whole.whole && text.length <= width * 8 + 8) return whole;
  const mark = widthOf(ellipsis) > width ? "" : ellipsis;
  const short = cut(clean, width - widthOf(mark));
  return { text: `${short.text}${mark}`, width: short.width + widthOf(mark) };
}

/** Breaks a sanitised text into lines of at most `width` columns, between words where that is possible. */
export function wrap(text: string, width: number): readonly string[] {
  if (width <= 0) return [];
  const lines: string[] = [];
  const [indent = ""] = /^ */.exec(text) ?? [];
  let line = indent.length < width ? indent : "";
  for (const word of text.trimStart().split(" ")) {
    const joined = line === indent || line === "" ? `${line}${word}` : `${line} ${word}`;
    // Cut and not measured: the cost is that of a line, however long the word.
    if (cut(joined, width).whole) {
      line = joined;
      continue;
    }
    if (line !== "") lines.push(line);
    line = word;
    for (let head = cut(line, width); !head.whole && head.text !== ""; head = cut(line, width)) {
      lines.push(head.text);
      line = line.slice(head.text.length);
    }
  }
  return [...lines, line];
}
