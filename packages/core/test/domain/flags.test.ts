import { readFileSync, readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flagBits } from "../../src/domain/flag-bits.ts";
import { callMode } from "../../src/domain/call-mode.ts";
import { withFlags, type FlagChanges } from "../../src/domain/flag-changes.ts";
import {
  decodeFlags,
  DELETE_BIT,
  encodeFlags,
  MAX_FLAG_WORD,
  normalFlags,
  turnAmongSelected,
  type FlagConflict,
  type GroupFlags,
} from "../../src/domain/flags.ts";
import { flags, flagWord, uint32 } from "../support/arbitraries.ts";

// Stryker runs these tests a few hundred times and asks for a smaller count.
const RANDOM_WORDS = Number(process.env["FLAG_WORDS"] ?? 1_000_000);

/** Marsaglia's xorshift: a fresh seed for each run, and the same words for the same seed. */
function* randomWords(seed: number, count: number): Generator<number> {
  let word = seed;
  for (let index = 0; index < count; index += 1) {
    word ^= word << 13;
    word ^= word >>> 17;
    word ^= word << 5;
    yield word >>> 0;
  }
}

const singleBits = Array.from({ length: 32 }, (_, index) => 2 ** index);

function subsets(bits: readonly number[]): readonly number[] {
  const words = [0];
  for (const bit of bits) words.push(...words.map((word) => (word | bit) >>> 0));
  return words;
}

function isDeeplyFrozen(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isDeeplyFrozen);
}

describe("a flag word survives decoding and encoding", () => {
  it("for the empty word, the full word and each of the 32 single bits", () => {
    const words = [0, MAX_FLAG_WORD, ...singleBits];
    expect(words.map((word) => encodeFlags(decodeFlags(word)))).toEqual(words);
  });

  it("for every combination of the documented bits 0x1 to 0x80", () => {
    const words = Array.from({ length: 256 }, (_, word) => word);
    expect(words.map((word) => encodeFlags(decodeFlags(word)))).toEqual(words);
  });

  it("for every combination of all named bits", () => {
    const broken = subsets(flagBits.map(({ bit }) => bit)).filter(
      (word) => encodeFlags(decodeFlags(word)) !== word,
    );
    expect(broken).toEqual([]);
  });

  it(`for ${RANDOM_WORDS} random words`, () => {
    const seed = Number(process.env["FLAG_SEED"] ?? Math.floor(Math.random() * MAX_FLAG_WORD) + 1);
    let broken: number | undefined;
    for (const word of randomWords(seed, RANDOM_WORDS)) {
      if (encodeFlags(decodeFlags(word)) !== word) broken ??= word;
    }
    expect(broken, `a word does not survive; repeat with FLAG_SEED=${seed}`).toBeUndefined();
  });
});

describe("decoding", () => {
  const settled: readonly [number, GroupFlags["send"], GroupFlags["receive"]][] = [
    [0, "members", "members"],
    [0x1, "selected", "members"],
    [0x2, "anyone", "members"],
    [0x10, "members", "selected"],
    [0x11, "selected", "selected"],
    [0x12, "anyone", "selected"],
    [0x20, "members", "in_turn"],
    [0x21, "selected", "in_turn"],
    [0x22, "anyone", "in_turn"],
  ];

  it.each(settled)("reads %i as sending by %s and receiving by %s", (word, send, receive) => {
    expect(decodeFlags(word)).toEqual({ ...normalFlags, send, receive });
  });

  it("reads the two switches", () => {
    expect(decodeFlags(0x40)).toEqual({ ...normalFlags, store: false });
    expect(decodeFlags(0x80)).toEqual({ ...normalFlags, loopback: true });
  });

  const contradictory: readonly [number, Partial<GroupFlags>, FlagConflict[]][] = [
    [0x3, { send: "anyone" }, [{ field: "send", bits: 0x3 }]],
    [0x4, { send: "members" }, [{ field: "send", bits: 0x4 }]],
    [0x5, { send: "selected" }, [{ field: "send", bits: 0x5 }]],
    [0x6, { send: "anyone" }, [{ field: "send", bits: 0x6 }]],
    [0x7, { send: "anyone" }, [{ field: "send", bits: 0x7 }]],
    [0x30, { receive: "in_turn" }, [{ field: "receive", bits: 0x30 }]],
    [
      0x33,
      { send: "anyone", receive: "in_turn" },
      [
        { field: "send", bits: 0x3 },
        { field: "receive", bits: 0x30 },
      ],
    ],
  ];

  it.each(contradictory)("reads the contradictory %i and keeps its bits", (word, fields, conflicts) => {
    expect(decodeFlags(word)).toEqual({ ...normalFlags, ...fields, conflicts });
  });

  it("keeps every bit that is no choice and no switch in its place", () => {
    expect(decodeFlags(0xffffff08)).toEqual({ ...normalFlags, other: 0xffffff08 });
    expect(decodeFlags(DELETE_BIT)).toEqual({ ...normalFlags, other: 0x80000000 });
  });

  it("takes any number modulo 2^32 and gives frozen flags", () => {
    fc.assert(
      fc.property(fc.oneof(uint32, fc.double(), fc.maxSafeInteger()), (number) => {
        const decoded = decodeFlags(number);
        expect(isDeeplyFrozen(decoded)).toBe(true);
        expect(encodeFlags(decoded)).toBe(number >>> 0);
      }),
    );
  });

  it("gives the normal flags for 0", () => {
    expect(decodeFlags(0)).toEqual(normalFlags);
    expect(encodeFlags(normalFlags)).toBe(0);
    expect(isDeeplyFrozen(normalFlags)).toBe(true);
  });
});

describe("changing flags", () => {
  const changes: fc.Arbitrary<FlagChanges> = fc.record(
    {
      send: fc.constantFrom("members", "selected", "anyone"),
      receive: fc.constantFrom("members", "selected", "in_turn"),
      store: fc.boolean(),
      loopback: fc.boolean(),
    },
    { requiredKeys: [] },
  );

  it("changes what is named, settles its contradiction and keeps everything else", () => {
    fc.assert(
      fc.property(flags, changes, (before, named) => {
        expect(withFlags(before, named)).toEqual({
          ...before,
          ...named,
          conflicts: before.conflicts.filter(({ field }) => !(field in named)),
        });
      }),
    );
  });

  it("keeps the bits that no source names", () => {
    fc.assert(
      fc.property(flagWord, changes, (word, named) => {
        const others = ~0xf7;
        expect(encodeFlags(withFlags(decodeFlags(word), named)) & others).toBe(word & others);
      }),
    );
  });

  it.each([
    [0x3, { send: "anyone" }, 0x2],
    [0x7, { send: "selected" }, 0x1],
    [0x4, { send: "members" }, 0],
    [0x30, { receive: "in_turn" }, 0x20],
    [0x33, { receive: "in_turn" }, 0x23],
    [0x33, { loopback: true }, 0xb3],
  ] satisfies [number, FlagChanges, number][])("settles %i by %o", (word, named, expected) => {
    expect(encodeFlags(withFlags(decodeFlags(word), named))).toBe(expected);
  });

  it("takes other bits, but never those of a field", () => {
    expect(withFlags(normalFlags, { other: 0xffffffff })).toEqual({ ...normalFlags, other: 0xffffff08 });
    expect(withFlags(decodeFlags(0x100), { other: 0 })).toEqual(normalFlags);
  });

  it("leaves a field alone that is given as undefined", () => {
    const before = decodeFlags(0x100000b3);
    const nothing = {
      send: undefined,
      receive: undefined,
      store: undefined,
      loopback: undefined,
      other: undefined,
    };
    expect(withFlags(before, nothing)).toEqual(before);
  });

  it("lets a field that is set by hand win over the contradiction that came in", () => {
    expect(encodeFlags({ ...decodeFlags(0x3), send: "members" })).toBe(0);
    expect(encodeFlags({ ...decodeFlags(0x3), send: "selected" })).toBe(0x1);
    expect(encodeFlags({ ...decodeFlags(0x30), receive: "members" })).toBe(0);
    expect(encodeFlags({ ...decodeFlags(0x30), receive: "selected" })).toBe(0x10);
  });

  it("encodes nothing outside a field from a contradiction that is made by hand", () => {
    const made = (field: FlagConflict["field"], bits: number): GroupFlags => ({
      ...normalFlags,
      conflicts: [{ field, bits }],
    });
    expect(encodeFlags(made("send", 0x8))).toBe(0);
    expect(encodeFlags(made("receive", 0x100))).toBe(0);
  });
});

describe("choices about calls", () => {
  it.each([
    ["publish", 0x100, 0x200],
    ["subscribe", 0x1000, 0x2000],
    ["list", 0x10000, 0x20000],
  ] as const)(
    "%s is for members, for the selected with %i, for anyone with %i or both",
    (action, one, all) => {
      const modes = [0, one, all, (one | all) >>> 0].map((word) => callMode(decodeFlags(word), action));
      expect(modes).toEqual(["members", "selected", "anyone", "anyone"]);
      expect(callMode(decodeFlags((~(one | all) & MAX_FLAG_WORD) >>> 0), action)).toBe("members");
    },
  );
});

describe("taking turns among the selected", () => {
  it("needs both receive bits", () => {
    expect([0, 0x10, 0x20, 0x30, 0xff].map((word) => turnAmongSelected(decodeFlags(word)))).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  it("ends when the choice is settled", () => {
    expect(turnAmongSelected(withFlags(decodeFlags(0x30), { receive: "in_turn" }))).toBe(false);
    expect(turnAmongSelected({ ...decodeFlags(0x30), receive: "members" })).toBe(false);
  });
});

describe("the sources of the domain", () => {
  const folder = new URL("../../src/domain/", import.meta.url);
  const codeAlone = (source: string): string => source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$|"[^"\n]*"/gm, "");

  it("hold hexadecimal numbers in flags.ts alone", () => {
    const found = readdirSync(folder).filter((file) =>
      /\b0x[\da-f]+\b/i.test(codeAlone(readFileSync(new URL(file, folder), "utf8"))),
    );
    expect(found).toEqual(["flags.ts"]);
  });
});
