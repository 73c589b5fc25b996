import { createContext, useContext } from "react";
import { themeStyles, type Theme } from "./themes.ts";

export type { Tone } from "./themes.ts";

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

const ThemeContext = createContext<Theme>(themeStyles.terminal);

/** Sets the theme of everything below it. */
export const ThemeProvider = ThemeContext.Provider;

/** How each tone is drawn. */
export const useTheme = (): Theme => useContext(ThemeContext);
