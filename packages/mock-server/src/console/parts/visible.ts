// Control characters, format characters (the bidi controls are among them), separators of lines and half
// surrogates. ZWJ and ZWNJ are left: emoji and Persian names need them.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const joiners = new Set(["\u200c", "\u200d"]);

function sign(char: string): string {
  if (joiners.has(char)) return char;
  if (char === "\n") return "↵";
  if (char === "\t") return "⇥";
  const code = char.codePointAt(0) ?? 0;
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

/** A text with a sign for each character that would hide or rearrange what is around it. */
export const visible = (text: string): string => text.replaceAll(unseen, sign);

/** A text that may be long, in part: its beginning, and how many characters it has in all. */
export interface Shortened {
  readonly text: string;
  /** Undefined where the text is whole. */
  readonly length: number | undefined;
}

/** The beginning of a text, made visible. */
export function shorten(text: string, most: number): Shortened {
  if (text.length <= most) return { text: visible(text), length: undefined };
  // Half a surrogate pair at the cut would be shown as one.
  const start = text.slice(0, most).replace(/[\ud800-\udbff]$/, "");
  return { text: visible(start), length: text.length };
}
