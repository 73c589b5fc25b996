import { expect } from "vitest";
import { widthOf } from "../../src/text/width.ts";
import { CANARY } from "./app.ts";
import type { Screen } from "./screen.ts";

/** The sizes that every screen is drawn in. */
export const sizes = [
  [60, 15],
  [80, 24],
  [100, 30],
  [200, 60],
] as const;

/** The alphabets that every screen is drawn in. */
export const alphabets = ["unicode", "ascii"] as const;

/** A picture of a screen. */
export interface Picture {
  readonly name: string;
  readonly columns: number;
  readonly rows: number;
  readonly alphabet: (typeof alphabets)[number];
}

/** A screen is as it was looked over, fits its terminal, keeps its alphabet and holds no secret. */
export async function expectFrame(screen: Screen, { name, columns, rows, alphabet }: Picture): Promise<void> {
  const file = `frames/${name}.${columns}x${rows}.${alphabet}.txt`;
  await expect(`${screen.text()}\n`).toMatchFileSnapshot(file);
  expect(screen.rows().filter((row) => widthOf(row) > columns)).toEqual([]);
  expect(screen.rows()[rows - 1]).toBe("");
  expect(screen.raw()).not.toContain(CANARY);
  if (alphabet === "ascii") expect(screen.text()).toMatch(/^[\n\u0020-\u007e]*$/);
}
