import { expect, test } from "vitest";
import { readAddresses } from "../src/state/addresses.ts";

test("a pasted list is read with commas, spaces, semicolons and line breaks", () => {
  expect(readAddresses("a,b c;d\r\ne\n\n f ,", (address) => address === "b")).toEqual({
    added: ["a", "c", "d", "e", "f"],
    updated: ["b"],
    duplicates: 0,
    bad: [],
  });
});

test("what cannot be an address is named with its line and the reason", () => {
  const long = "x".repeat(64);
  expect(readAddresses(`a\n${long}\na b\u0007`, () => false)).toEqual({
    added: ["a"],
    updated: [],
    duplicates: 1,
    bad: [
      { text: long, line: 2, reason: "over 63 bytes" },
      { text: "b\u0007", line: 3, reason: "has a control character" },
    ],
  });
});
