import { nearest } from "@mesibo-groups/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { likeliest, MAX_COMPARED, nearestOfMany } from "../../src/journal/likeliest.ts";

const users = Array.from({ length: 100_000 }, (_, n) => `user${n}@example.com`);

describe("among 100,000 addresses", () => {
  test.each([
    ["a letter too many", "user77777@exxample.com"],
    ["a letter missing", "user77777@exampl.com"],
    ["two letters in another order", "user77777@exmaple.com"],
    ["another letter at the beginning", "Vser77777@example.com"],
    ["another ending", "user77777@example.org"],
  ])("the right one is found, and at most 50 are compared letter by letter: %s", (_, word) => {
    expect(likeliest(word, users).length).toBe(MAX_COMPARED);
    expect(nearestOfMany(word, users)).toBe("user77777@example.com");
  });

  test("each is looked at once", () => {
    let looked = 0;
    function* counted() {
      for (const user of users) {
        looked += 1;
        yield user;
      }
    }
    nearestOfMany("user5", counted());
    expect(looked).toBe(users.length);
  });

  test("a word that is like none is like none", () => {
    expect(nearestOfMany("+15550100", users)).toBeUndefined();
  });
});

test("among few candidates what is found is as near as what comparing all finds", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(word, fc.uniqueArray(word, { maxLength: MAX_COMPARED }), (asked, candidates) => {
      const found = nearestOfMany(asked, candidates);
      const best = nearest(asked, candidates);
      expect(found === undefined).toBe(best === undefined);
      // Of equally near ones another may come first; alone it wins as well.
      if (found !== undefined && best !== undefined) expect(nearest(asked, [found, best])).toBe(found);
    }),
  );
});
