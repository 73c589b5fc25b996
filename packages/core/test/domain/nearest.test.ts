import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearest } from "../../src/index.ts";

/** The textbook's distance, without its table. */
function distance(left: string, right: string): number {
  if (left === "" || right === "") return left.length + right.length;
  const [a, b] = [left.slice(1), right.slice(1)];
  if (left[0] === right[0]) return distance(a, b);
  return 1 + Math.min(distance(a, right), distance(left, b), distance(a, b));
}

const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 5 });

describe("the nearest candidate", () => {
  it.each([
    ["a letter too many", "groupaddd", "groupadd"],
    ["a letter too few", "gropadd", "groupadd"],
    ["another letter", "groupsat", "groupset"],
    ["another word at its end", "groupmake", "groupadd"],
    ["the word itself", "useradd", "useradd"],
  ])("is found: %s", (_, asked, found) => {
    expect(nearest(asked, ["groupadd", "groupset", "useradd"])).toBe(found);
  });

  it("is none where three letters of a short word differ, or half of a long one", () => {
    expect(nearest("abc", ["xyz"])).toBeUndefined();
    expect(nearest("abc", ["abxy"])).toBe("abxy");
    expect(nearest("abcdefgh", ["abcdxxxx"])).toBeUndefined();
    expect(nearest("abcdefgh", ["abcdexxx"])).toBe("abcdexxx");
    expect(nearest("abcdef", [])).toBeUndefined();
  });

  it("is the first of those that are as near", () => {
    expect(nearest("u", ["u1", "u2"])).toBe("u1");
    expect(nearest("u", new Set(["u22", "u2", "u1"]))).toBe("u2");
  });

  it("is sought for the first 40 characters of an endless word", () => {
    expect(nearest("x".repeat(1_000_000), ["x".repeat(40)])).toBe("x".repeat(40));
  });

  it("is the one that the textbook finds", () => {
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 4 }), (asked, candidates) => {
        const near = candidates
          .map((candidate) => ({ candidate, far: distance(asked, candidate) }))
          .filter(({ far }) => far < 3)
          .toSorted((left, right) => left.far - right.far);
        expect(nearest(asked, candidates)).toBe(near[0]?.candidate);
      }),
    );
  });
});
