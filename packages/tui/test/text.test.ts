import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sanitize } from "../src/text/sanitize.ts";
import { fit, shorten, toAscii, widthOf, wrap } from "../src/text/width.ts";
import { clockTime, duration, listed, plural } from "../src/text/words.ts";

const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

test("control, escape and bidi characters become visible escapes", () => {
  expect(sanitize("a\u001b[31mb\u0007\u009b2J\r\n\tc")).toBe(String.raw`a\x1b[31mb\x07\x9b2J\r\n\tc`);
  expect(sanitize("admin\u202egpj.exe\u2066\u200b\ufeff")).toBe(
    String.raw`admin\u{202e}gpj.exe\u{2066}\u{200b}\u{feff}`,
  );
  expect(sanitize("\ud800x")).toBe(String.raw`\u{d800}x`);
});

test("a variation selector goes without a trace", () => {
  expect(sanitize("❤\ufe0f")).toBe("❤");
});

test("ordinary text of any script stays as it is", () => {
  for (const text of ["News team", "Grüße", "日本語", "שלום", "e\u0301", "😀"])
    expect(sanitize(text)).toBe(text);
});

test("no text from elsewhere comes out with a character that could move the cursor", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(sanitize(text)).not.toMatch(unsafe);
    }),
  );
});

test("a fitted text is exactly as wide as its column", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 0, max: 40 }), (text, width) => {
      expect(widthOf(fit(text, { width, ellipsis: "…" }))).toBe(width);
    }),
  );
});

test("what is cut off is marked", () => {
  expect(fit("abcdef", { width: 4, ellipsis: "…" })).toBe("abc…");
  expect(fit("abcdef", { width: 4, ellipsis: ".." })).toBe("ab..");
  expect(fit("日本語", { width: 5, ellipsis: "…" })).toBe("日本…");
  expect(fit("日本語", { width: 4, ellipsis: "…" })).toBe("日… ");
  expect(fit("ab", { width: 4, ellipsis: "…", align: "end" })).toBe("  ab");
  expect(fit("abc", { width: 1, ellipsis: ".." })).toBe("a");
  expect(shorten("x".repeat(10_000), { width: 5, ellipsis: "…" })).toEqual({ text: "xxxx…", width: 5 });
});

test("combining marks piled on a letter are cut down", () => {
  expect(fit(`a${"\u0301".repeat(500)}b`, { width: 3, ellipsis: "…" }).length).toBeLessThan(10);
});

test("a long text breaks between words, and inside one that is wider than the line", () => {
  expect(wrap("the quick brown fox", 10)).toEqual(["the quick", "brown fox"]);
  expect(wrap("abcdefghij kl", 4)).toEqual(["abcd", "efgh", "ij", "kl"]);
  expect(wrap('    "gid": 1', 20)).toEqual(['    "gid": 1']);
  expect(wrap("", 10)).toEqual([""]);
});

test("no wrapped line is too wide, and no word is lost", () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z日]{1,12}$/)),
      fc.integer({ min: 2, max: 30 }),
      (words, width) => {
        const lines = wrap(words.join(" "), width);
        expect(lines.filter((line) => widthOf(line) > width)).toEqual([]);
        expect(lines.join("").replaceAll(" ", "")).toBe(words.join(""));
      },
    ),
  );
});

test("an ASCII terminal gets a question mark for each column of everything else", () => {
  expect(toAscii("日本 x é")).toBe("???? x ?");
  expect(toAscii("plain \u001b[1m")).toBe("plain \u001b[1m");
});

test("counts, lists and times read as people say them", () => {
  expect([plural(1, "member"), plural(1240, "member")]).toEqual(["1 member", "1,240 members"]);
  expect([listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])]).toEqual([
    "nobody",
    "a",
    "a and b",
    "a, b and c",
  ]);
  expect(listed(["a", "b", "c", "d", "e"])).toBe("a, b, c and 2 more");
  expect([31_536_000, 31_535_999, 212 * 86_400, 7200, 180, 20, -5].map(duration)).toEqual([
    "1 y",
    "1 y",
    "212 d",
    "2 h",
    "3 min",
    "20 s",
    "0 s",
  ]);
  expect(clockTime(Date.UTC(2026, 10, 23, 9, 5, 2))).toBe("09:05:02");
});
