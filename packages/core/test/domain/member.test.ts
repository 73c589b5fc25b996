import { describe, expect, it } from "vitest";
import { addressFault } from "../../src/domain/member.ts";

describe("an address", () => {
  it.each([
    "alice",
    "alice@example.com",
    "+15550100",
    "12345",
    "two words",
    "éèü",
    "a".repeat(63),
    "é".repeat(31),
    "字".repeat(21),
    "😀".repeat(15),
    "%".repeat(63),
  ])("may be %s", (text) => {
    expect(addressFault(text)).toBeUndefined();
  });

  it.each([
    ["", "empty"],
    ["a,b", "comma"],
    ["a\nb", "control"],
    ["a\u007f", "control"],
    ["half \ud83d pair", "control"],
    [" a", "surrounding_space"],
    ["a ", "surrounding_space"],
    ["a".repeat(64), "too_long"],
    ["é".repeat(32), "too_long"],
    ["字".repeat(22), "too_long"],
    ["😀".repeat(16), "too_long"],
  ])("may not be %j: %s", (text, fault) => {
    expect(addressFault(text)).toBe(fault);
  });
});
