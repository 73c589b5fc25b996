import { createContext, useContext } from "react";

/** What a piece of text means. Colour only repeats what a glyph or a word says already. */
export type Tone = "plain" | "strong" | "muted" | "accent" | "ok" | "warn" | "danger" | "caret";

/** How a tone is drawn. The sixteen colours of the terminal's own palette, so that they fit its background. */
export interface Style {
  readonly color?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
  readonly inverse?: boolean;
}

/** The style of each tone. */
export const styles: Readonly<Record<Tone, Style>> = {
  plain: {},
  strong: { bold: true },
  muted: { dimColor: true },
  accent: { color: "cyan", bold: true },
  ok: { color: "green" },
  warn: { color: "yellow" },
  danger: { color: "red", bold: true },
  caret: { inverse: true },
};

/** The characters that carry meaning, in one alphabet. */
export interface Glyphs {
  /** Whether the terminal knows ASCII only; everything else is drawn as question marks. */
  readonly asciiOnly: boolean;
  readonly cursor: string;
  readonly mark: string;
  readonly pending: string;
  readonly attention: string;
  readonly done: string;
  readonly refused: string;
  readonly unknown: string;
  readonly not_sent: string;
  readonly info: string;
  readonly ellipsis: string;
  readonly path: string;
  /** Stands under the caret where the terminal draws no inverse text. */
  readonly caret: string;
  readonly ascending: string;
  readonly descending: string;
  readonly border: "single" | "classic";
  /** Names of keys as the footer prints them; the others are printed as they are. */
  readonly keys: Readonly<Record<string, string>>;
}

/** Glyphs of terminals with UTF-8. */
export const unicodeGlyphs: Glyphs = {
  asciiOnly: false,
  cursor: "▸",
  mark: "*",
  pending: "~",
  attention: "!",
  done: "✓",
  refused: "✗",
  unknown: "?",
  not_sent: "∅",
  info: "·",
  ellipsis: "…",
  path: "›",
  caret: "_",
  ascending: "↑",
  descending: "↓",
  border: "single",
  keys: { up: "↑", down: "↓", left: "←", right: "→", enter: "⏎" },
};

/** Glyphs of every terminal. */
export const asciiGlyphs: Glyphs = {
  asciiOnly: true,
  cursor: ">",
  mark: "*",
  pending: "~",
  attention: "!",
  done: "+",
  refused: "x",
  unknown: "?",
  not_sent: "-",
  info: ".",
  ellipsis: "..",
  path: ">",
  caret: "_",
  ascending: "^",
  descending: "v",
  border: "classic",
  keys: {},
};

const GlyphContext = createContext<Glyphs>(unicodeGlyphs);

/** Sets the glyphs of everything below it. */
export const GlyphProvider = GlyphContext.Provider;

/** The glyphs to draw with. */
export const useGlyphs = (): Glyphs => useContext(GlyphContext);
