import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isExplained, type Step, type Value } from "./history.ts";

const UNKNOWN = Number.POSITIVE_INFINITY;
const write = (begin: number, end: number, value: Value): Step => ({ begin, end, act: "write", value });
const read = (begin: number, end: number, value: Value): Step => ({ begin, end, act: "read", value });

describe("one order explains", () => {
  test.each([
    ["nothing", []],
    ["a read of the start", [read(1, 2, "start")]],
    ["two writes at once, in either order", [write(1, 4, "a"), write(2, 3, "b"), read(5, 6, "a")]],
    ["a write that is seen before it is answered", [write(1, 4, "a"), read(2, 3, "a")]],
    ["an unknown write that never came", [write(1, UNKNOWN, "a"), read(2, 3, "start")]],
    [
      "an unknown write that came late",
      [write(1, UNKNOWN, "a"), write(2, 3, "b"), read(4, 5, "b"), read(6, 7, "a")],
    ],
  ])("%s", (_, steps) => {
    expect(isExplained(steps, "start")).toBe(true);
  });
});

describe("no order explains", () => {
  test.each([
    ["an acknowledged write that is lost", [write(1, 2, "a"), read(3, 4, "start")]],
    ["an earlier write over a later one", [write(1, 2, "a"), write(3, 4, "b"), read(5, 6, "a")]],
    ["a value that nobody wrote", [read(1, 2, "x")]],
    [
      "two readers who saw two writes in two orders",
      [write(1, 8, "a"), write(2, 9, "b"), read(3, 4, "a"), read(5, 6, "b"), read(7, 10, "a")],
    ],
    [
      "an unknown write that came twice",
      [write(1, UNKNOWN, "a"), read(2, 3, "a"), write(4, 5, "b"), read(6, 7, "a")],
    ],
  ])("%s", (_, steps) => {
    expect(isExplained(steps, "start")).toBe(false);
  });
});

test("whatever really happens in some order is explained, and not once an answered read is made to lie", () => {
  const step = fc.record({
    isWrite: fc.boolean(),
    value: fc.constantFrom("a", "b", "c"),
    early: fc.nat(3),
    late: fc.nat(3),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 9 }), (made) => {
      let value: Value;
      const steps = made.map(({ isWrite, value: written, early, late }, at) => {
        if (isWrite) value = written;
        const moment = at * 10 + 5;
        return {
          begin: moment - early * 10 - 0.1 * at,
          end: moment + late * 10 + 0.1 * at,
          act: isWrite ? "write" : "read",
          value,
        } as const;
      });
      expect(isExplained(steps, undefined)).toBe(true);
      const lying = steps.map((one) => (one.act === "read" ? { ...one, value: "never written" } : one));
      expect(isExplained(lying, undefined)).toBe(!steps.some(({ act }) => act === "read"));
    }),
  );
});
