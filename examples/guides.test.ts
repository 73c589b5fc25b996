import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const listed = (path: string): readonly string[] =>
  readdirSync(new URL(path, import.meta.url), { recursive: true, encoding: "utf8" });

const squeezed = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
const examples = listed(".")
  .filter((file) => /^[\w-]+\/[\w.-]+\.(?:ts|yaml)$/.test(file) && !file.startsWith("node_modules"))
  .map((file) => squeezed(read(file)));

const blocks = listed("../docs/guides").flatMap((guide) =>
  [...read(`../docs/guides/${guide}`).matchAll(/```(?:ts|yaml)\n([\s\S]*?)```/g)].map(({ 1: code = "" }) => ({
    guide,
    code,
  })),
);

test.each(blocks)("what $guide shows is run: $code", ({ code }) => {
  expect(examples.some((example) => example.includes(squeezed(code)))).toBe(true);
});

test("and there is something to show", () => {
  expect(blocks.length).toBeGreaterThan(8);
});
