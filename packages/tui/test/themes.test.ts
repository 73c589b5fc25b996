import { afterEach, expect, test, vi } from "vitest";
import { themes } from "../src/state/look.ts";
import { palettes, themeStyles } from "../src/view/themes.ts";
import { openApp, type TestApp } from "./support/app.ts";

// Ink's colours ask for this when they are loaded, which is before any test: no terminal is attached here.
vi.hoisted(() => {
  process.env["FORCE_COLOR"] = "2";
});

let app: TestApp | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

type Rgb = readonly [number, number, number];

/** The colour of a number of the palette of 256 from 16 on, as every terminal has it. */
function rgbOf(number: number): Rgb {
  if (number >= 232) {
    const grey = 8 + 10 * (number - 232);
    return [grey, grey, grey];
  }
  const step = (part: number): number => [0, 95, 135, 175, 215, 255][part % 6] ?? 0;
  const index = number - 16;
  return [step(Math.floor(index / 36)), step(Math.floor(index / 6)), step(index)];
}

function luminance([red, green, blue]: Rgb): number {
  const [r = 0, g = 0, b = 0] = [red, green, blue].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast of two colours (WCAG 2.2). */
function contrast(one: Rgb, other: Rgb): number {
  const [bright = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (bright + 0.05) / (dark + 0.05);
}

/** The backgrounds that a theme is for: the extreme, and the nearest to grey that people use. */
const backgrounds = {
  dark: {
    all: [
      [0, 0, 0],
      [40, 42, 54],
      [46, 52, 64],
    ],
    least: 4.5,
  },
  light: {
    all: [
      [255, 255, 255],
      [253, 246, 227],
      [239, 241, 245],
    ],
    least: 4.5,
  },
  "high-contrast": {
    all: [
      [0, 0, 0],
      [46, 52, 64],
    ],
    least: 7,
  },
} satisfies Record<keyof typeof palettes, { readonly all: readonly Rgb[]; readonly least: number }>;

test.each(Object.entries(palettes))(
  "each colour of the theme %s can be read on its backgrounds",
  (name, palette) => {
    const { all, least } = backgrounds[name as keyof typeof palettes];
    for (const [token, number] of Object.entries(palette)) {
      for (const background of all) {
        const found = contrast(rgbOf(number), background);
        expect({ token, background, enough: found >= least }).toEqual({ token, background, enough: true });
      }
    }
  },
);

test("t goes through the themes and back, T between alphabets, and the words stay", async () => {
  app = await openApp();
  const { press, screen, program } = app;
  const first = screen.text();
  for (const theme of [...themes.slice(1), "terminal"]) {
    await press("t");
    expect(program.state().look.theme).toBe(theme);
    expect(program.state().notice?.text).toContain(theme);
    await press("esc", "left");
    expect(screen.text()).toBe(first);
  }
  await press("T");
  expect(screen.text()).toMatch(/^[\n\u0020-\u007e]*$/);
});

test("mono draws no colour", async () => {
  for (const style of Object.values(themeStyles.mono)) expect(style).not.toHaveProperty("color");
  app = await openApp({ look: { theme: "mono" } });
  await app.press("2", "esc", "n", "esc", "d");
  // oxlint-disable-next-line no-control-regex -- control sequences are what is looked for
  expect(app.screen.raw()).not.toMatch(/\u001b\[[\d;]*(?:3\d|9\d)(?:;[\d;]*)?m/);
});

test.each(["dark", "light", "high-contrast"] as const)("%s draws its own colours", async (theme) => {
  app = await openApp({ look: { theme } });
  expect(app.screen.raw()).toContain(`38;5;${palettes[theme].accent}`);
});
