/** The themes, in the order of the key that switches them; mono has no colour. */
export const themes = ["terminal", "dark", "light", "high-contrast", "mono"] as const;

/** One theme. `terminal` is the terminal's own palette. */
export type ThemeName = (typeof themes)[number];

/** How everything is drawn. */
export interface Look {
  readonly theme: ThemeName;
  /** Whether only ASCII is drawn. */
  readonly ascii: boolean;
}

/** How it is drawn where nobody says. */
export const plainLook: Look = { theme: "terminal", ascii: false };

/** The look with the next theme. */
export const nextTheme = (look: Look): Look => ({
  ...look,
  theme: themes[(themes.indexOf(look.theme) + 1) % themes.length] ?? "terminal",
});
