import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

test.each(["overview", "who"])("the picture of %s in the README is the frame of today", (name) => {
  const frame = read(`frames/${name}.80x24.unicode.txt`);
  const [screen = ""] = frame.split(/\n(?:[^\S\n]*\n){3,}/);
  expect(screen.length).toBeGreaterThan(400);
  expect(read("../../../README.md")).toContain(screen);
});
