import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";

const checklist = await readFile(new URL("../../../docs/security-checklist.md", import.meta.url), "utf8");

const rows = checklist
  .split("\n")
  .filter((line) => /^\| \d+ /.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, number = "", risk = "", control = "", tests = ""]) => ({ number, risk, control, tests }));

test("the checklist has every row, in order", () => {
  expect(rows.map(({ number }) => Number(number))).toEqual(
    Array.from({ length: 25 }, (_, index) => index + 1),
  );
});

describe.each(rows)("$number $risk", ({ control, tests }) => {
  test("says what stands against it", () => {
    expect(control).toMatch(/\w+ \w+/);
  });

  test("names tests that are there, or is not built", async () => {
    if (tests === "not built") {
      expect(control).toMatch(/^there are no /);
      return;
    }
    const files = [...tests.matchAll(/`(test\/[\w/-]+\.test\.ts)`/g)].map(([, file = ""]) => file);
    expect(files.map((file) => `\`${file}\``).join(", ")).toBe(tests);
    for (const file of files) {
      const text = await readFile(new URL(`../${file}`, import.meta.url), "utf8");
      expect(text).toMatch(/\btest(?:\.each\([^]*?\))?\(/);
    }
  });
});
