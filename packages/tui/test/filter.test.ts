import * as fc from "fast-check";
import { expect, test } from "vitest";
import { filterOf } from "../src/text/filter.ts";
import { readPattern } from "../src/text/pattern.ts";
import { openApp } from "./support/app.ts";

// What a run reaches must not depend on chance.
fc.configureGlobal({ seed: 20_261_129 });

const atoms = fc.constantFrom(
  "a",
  "b",
  ".",
  "[ab]",
  "[^a]",
  "[a-c]",
  String.raw`\d`,
  String.raw`\.`,
  "(?:a|bc)",
  "(b|)",
);
const pieces = fc
  .tuple(atoms, fc.constantFrom("", "", "*", "+", "?", "{2}", "{1,3}", "{0,}"))
  .map(([atom, times]) => atom + times);
const patterns = fc
  .array(fc.array(pieces, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })
  .chain((ways) =>
    fc
      .tuple(fc.boolean(), fc.boolean())
      .map(([start, end]) =>
        ways.map((way) => `${start ? "^" : ""}${way.join("")}${end ? "$" : ""}`).join("|"),
      ),
  );
const texts = fc.string({ unit: fc.constantFrom("a", "b", "c", "A", ".", "1", " "), maxLength: 12 });

test("a pattern finds what the platform's own finds", () => {
  fc.assert(
    fc.property(patterns, texts, (source, text) => {
      const read = readPattern(source);
      expect({ source, text, found: read.ok && read.test(text) }).toEqual({
        source,
        text,
        found: new RegExp(source, "is").test(text),
      });
    }),
    { numRuns: 3000 },
  );
});

test("a pattern that would hang the platform's own is answered", () => {
  for (const source of ["(a+)+$", "(a|a)*b", "(a*)*c", "(a?){100}a{100}"]) {
    const read = readPattern(source);
    expect(read.ok && read.test(`${"a".repeat(5000)}!`)).toBe(source === "(a?){100}a{100}");
  }
});

test.each([
  ["(a", "The pattern cannot be read: a ) is missing."],
  ["a)", "The pattern cannot be read: a ( is missing."],
  ["*a", "The pattern cannot be read: there is nothing before * to repeat."],
  ["[a", "The pattern cannot be read: it ends too early."],
  ["[b-a]", "The pattern cannot be read: b-a is the wrong way round."],
  ["(?=a)", "The pattern cannot be read: (? is known as (?: alone."],
  [String.raw`\p`, String.raw`The pattern cannot be read: \p means nothing here.`],
  ["a{200}", "The pattern cannot be read: {200} is no number of times from 0 to 100."],
  ["((a{100}){100}){100}", "The pattern cannot be read: it is too long."],
])("the pattern %s is refused in words", (source, fault) => {
  expect(readPattern(source)).toEqual({ ok: false, fault });
});

test("a filter is a text, its inverse, a pattern, or that one's inverse", () => {
  const rows = ["News", "Support", "old news", "102529"];
  const shown = (text: string): readonly string[] => rows.filter(filterOf(text).test);
  expect(shown("NEWS")).toEqual(["News", "old news"]);
  expect(shown("!news")).toEqual(["Support", "102529"]);
  expect(shown("/^news/")).toEqual(["News"]);
  expect(shown(String.raw`/^\d+$`)).toEqual(["102529"]);
  expect(shown("!/s$/")).toEqual(["Support", "102529"]);
  expect([shown("!"), shown("/"), shown("")]).toEqual([rows, [], rows]);
});

test("what is wrong with a pattern stands under it, and the list waits", async () => {
  const app = await openApp();
  await app.press("/", ...Array.from("/ne(w"));
  const rows = app.screen.rows();
  const at = rows.findIndex((row) => row.includes("filter: /ne(w"));
  expect(rows.slice(at, at + 3).join("\n")).toContain("The pattern cannot be read: a ) is missing.");
  await app.press(")", "enter", "enter");
  expect(app.screen.text()).toContain("102529 News");
  await app.close();
});
