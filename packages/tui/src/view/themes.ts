import type { ThemeName } from "../state/look.ts";

/** What a piece of text means. Colour only repeats what a glyph or a word says already. */
export type Tone = "plain" | "strong" | "muted" | "accent" | "ok" | "warn" | "danger" | "caret";

/** How a tone is drawn. */
export interface Style {
  readonly color?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
  readonly inverse?: boolean;
}

/** How each tone is drawn. */
export type Theme = Readonly<Record<Tone, Style>>;

/** The numbers of the colours of a theme in the palette of 256, which is the same in every terminal from 16 on. */
export interface Palette {
  readonly muted: number;
  readonly accent: number;
  readonly ok: number;
  readonly warn: number;
  readonly danger: number;
}

/** Blue, orange and grey: apart for who sees red and green alike. */
export const palettes = {
  dark: { muted: 248, accent: 117, ok: 115, warn: 221, danger: 216 },
  light: { muted: 239, accent: 25, ok: 23, warn: 94, danger: 88 },
  "high-contrast": { muted: 253, accent: 123, ok: 157, warn: 228, danger: 223 },
} as const satisfies Partial<Record<ThemeName, Palette>>;

const colored = (number: number): Style => ({ color: `ansi256(${number})` });

const themeOf = ({ muted, accent, ok, warn, danger }: Palette): Theme => ({
  plain: {},
  strong: { bold: true },
  muted: colored(muted),
  accent: { ...colored(accent), bold: true },
  ok: colored(ok),
  warn: colored(warn),
  danger: { ...colored(danger), bold: true },
  caret: { inverse: true },
});

/** How each theme draws. */
export const themeStyles: Readonly<Record<ThemeName, Theme>> = {
  // The sixteen colours of the terminal's own palette, so that they fit its background.
  terminal: {
    plain: {},
    strong: { bold: true },
    muted: { dimColor: true },
    accent: { color: "cyan", bold: true },
    ok: { color: "green" },
    warn: { color: "yellow" },
    danger: { color: "red", bold: true },
    caret: { inverse: true },
  },
  dark: themeOf(palettes.dark),
  light: themeOf(palettes.light),
  "high-contrast": themeOf(palettes["high-contrast"]),
  mono: {
    plain: {},
    strong: { bold: true },
    muted: {},
    accent: { bold: true },
    ok: {},
    warn: {},
    danger: { bold: true },
    caret: { inverse: true },
  },
};
