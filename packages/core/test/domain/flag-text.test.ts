import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flagBits } from "../../src/domain/flag-bits.ts";
import { formatFlags, parseFlags, type FlagFault, type FlagFormat } from "../../src/domain/flag-text.ts";
import { decodeFlags, encodeFlags } from "../../src/domain/flags.ts";
import { flagPresets } from "../../src/domain/presets.ts";
import { flags } from "../support/arbitraries.ts";

function parsed(input: number | string): number | FlagFault {
  const answer = parseFlags(input);
  return answer.ok ? encodeFlags(answer.flags) : answer.fault;
}

const formats = ["decimal", "hex", "binary", "names"] as const satisfies FlagFormat[];

describe("a flag word written down", () => {
  it.each(formats)("as %s reads back as it was", (format) => {
    fc.assert(
      fc.property(flags, (value) => {
        expect(parseFlags(formatFlags(value, format))).toEqual({ ok: true, flags: value });
      }),
    );
  });

  it.each([
    [0, ["0", "0x0", "0b0", "normal"]],
    [17, ["17", "0x11", "0b10001", "send-selected|receive-selected"]],
    [48, ["48", "0x30", "0b110000", "receive-selected|receive-in-turn"]],
    [4, ["4", "0x4", "0b100", "0x4"]],
    [0x80000006, ["2147483654", "0x80000006", `0b1${"0".repeat(28)}110`, "send-anyone|delete|0x4"]],
    [0xffffffff, ["4294967295", "0xffffffff", `0b${"1".repeat(32)}`, expect.stringMatching(/\|0x77f8cc04$/)]],
  ])("%i has one spelling in each format", (word, spellings) => {
    expect(formats.map((format) => formatFlags(decodeFlags(word), format))).toEqual(spellings);
  });
});

describe("reading a flag word", () => {
  it.each<[number | string, number]>([
    [0, 0],
    [-0, 0],
    [145, 145],
    [4294967295, 4294967295],
    ["0", 0],
    ["145", 145],
    ["4294967295", 4294967295],
    ["0x91", 145],
    ["0X91", 145],
    ["0xFF", 255],
    ["0xff_ff", 65535],
    ["0b10010001", 145],
    ["0B1001_0001", 145],
    ["1|0x10|0b10000000", 145],
    ["1,0x10,0x80", 145],
    ["1+0x10+0x80", 145],
    ["  1  0x10\t0x80\n", 145],
    ["|1||0x10|,", 17],
    ["1|1", 1],
    ["0x80000000|1", 2147483649],
    ["normal", 0],
    ["restricted | loopback", 145],
    ["public_room", 2],
    ["public-room", 2],
    ["publicRoom", 2],
    ["PUBLIC_ROOM", 2],
    ["hunt_group", 32],
    ["broadcast", 1],
    ["receiveInTurn", 32],
  ])("takes %o as %i", (input, word) => {
    expect(parsed(input)).toBe(word);
  });

  it.each(flagBits)("takes $name in every case, and mesibo's own name $sdkName", ({ name, sdkName, bit }) => {
    const snake = name.replaceAll("-", "_");
    const camel = name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    const spellings = [name, snake, snake.toUpperCase(), camel, sdkName, `MESIBO_GROUPFLAG_${sdkName}`];
    expect(spellings.map(parsed)).toEqual(spellings.map(() => bit));
  });

  it.each<[number | string, FlagFault]>([
    [
      "",
      {
        token: "",
        reason: "empty",
        message: "A flag is missing: give a number such as 17 or 0x11, or names such as send-selected.",
      },
    ],
    [
      " | , + ",
      {
        token: "",
        reason: "empty",
        message: "A flag is missing: give a number such as 17 or 0x11, or names such as send-selected.",
      },
    ],
    [
      -1,
      {
        token: "-1",
        reason: "negative",
        message: "-1 is negative: a flag is a number from 0 to 4294967295.",
      },
    ],
    [
      "1|-0x10",
      {
        token: "-0x10",
        reason: "negative",
        message: "-0x10 is negative: a flag is a number from 0 to 4294967295.",
      },
    ],
    [
      "-.5",
      {
        token: "-.5",
        reason: "negative",
        message: "-.5 is negative: a flag is a number from 0 to 4294967295.",
      },
    ],
    [
      "-1loopback",
      {
        token: "-1loopback",
        reason: "negative",
        message: "-1loopback is negative: a flag is a number from 0 to 4294967295.",
      },
    ],
    [
      1.5,
      {
        token: "1.5",
        reason: "fraction",
        message: "1.5 is not a whole number: a flag is a number from 0 to 4294967295.",
      },
    ],
    [
      Number.NaN,
      {
        token: "NaN",
        reason: "fraction",
        message: "NaN is not a whole number: a flag is a number from 0 to 4294967295.",
      },
    ],
    [
      "12.25",
      {
        token: "12.25",
        reason: "fraction",
        message: "12.25 is not a whole number: a flag is a number from 0 to 4294967295.",
      },
    ],
    [
      "1.",
      {
        token: "1.",
        reason: "fraction",
        message: "1. is not a whole number: a flag is a number from 0 to 4294967295.",
      },
    ],
    [
      ".25",
      {
        token: ".25",
        reason: "fraction",
        message: ".25 is not a whole number: a flag is a number from 0 to 4294967295.",
      },
    ],
    [
      "010",
      {
        token: "010",
        reason: "leading_zero",
        message: "010 starts with a zero: write decimal without it, or 0x for hexadecimal.",
      },
    ],
    [
      "00",
      {
        token: "00",
        reason: "leading_zero",
        message: "00 starts with a zero: write decimal without it, or 0x for hexadecimal.",
      },
    ],
    [
      4294967296,
      {
        token: "4294967296",
        reason: "over_32_bits",
        message: "4294967296 does not fit 32 bits: the largest flag is 4294967295.",
      },
    ],
    [
      "0x1_0000_0000",
      {
        token: "0x1_0000_0000",
        reason: "over_32_bits",
        message: "0x1_0000_0000 does not fit 32 bits: the largest flag is 4294967295.",
      },
    ],
    [
      "9".repeat(50),
      {
        token: `${"9".repeat(40)}…`,
        reason: "over_32_bits",
        message: `${"9".repeat(40)}… does not fit 32 bits: the largest flag is 4294967295.`,
      },
    ],
    [
      "1|send-slected|bogus",
      {
        token: "send-slected",
        reason: "unknown_name",
        nearest: "send-selected",
        message: "send-slected is neither a number nor the name of a flag. Did you mean send-selected?",
      },
    ],
    [
      "quarterdeck",
      {
        token: "quarterdeck",
        reason: "unknown_name",
        message: "quarterdeck is neither a number nor the name of a flag.",
      },
    ],
  ])("says what is wrong with %o", (input, fault) => {
    expect(parsed(input)).toEqual(fault);
  });

  it.each([
    "0x",
    "0b",
    "0b2",
    "0xg",
    "0x_",
    "0b1_",
    "10x1",
    "x0x1",
    "x0b1",
    "1x",
    "x1",
    "x01",
    "01x",
    "x.5",
    "1.5x",
    "x-1",
    "-",
    "-x",
    "1e3",
    "_",
    "__proto__",
    "constructor",
    "send selected!",
    "MESIBO_GROUPFLAG_",
    "paMESIBO_GROUPFLAG_use",
  ])("takes %o for no number", (input) => {
    expect(parsed(input)).toMatchObject({ reason: "unknown_name" });
  });

  it.each([
    ["x".repeat(40), "x".repeat(40)],
    ["x".repeat(41), `${"x".repeat(40)}…`],
  ])("shows at most 40 characters of %s", (input, token) => {
    expect(parsed(input)).toMatchObject({ token });
  });
});

describe("the nearest name", () => {
  const plain = (name: string): string => name.toLowerCase().replaceAll(/[-_]/g, "");
  const names = [...Object.keys(flagPresets), ...flagBits.map(({ name }) => name)];

  /** Levenshtein's distance by its recursive definition. */
  function distance(left: string, right: string, known = new Map<string, number>()): number {
    if (left === "" || right === "") return left.length + right.length;
    const key = `${left} ${right}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const [a, b] = [left.slice(1), right.slice(1)];
    const far = Math.min(
      distance(a, right, known) + 1,
      distance(left, b, known) + 1,
      distance(a, b, known) + (left[0] === right[0] ? 0 : 1),
    );
    known.set(key, far);
    return far;
  }

  function nearest(token: string): string | undefined {
    const asked = plain(token).slice(0, 40);
    const ranked = names.map((name) => ({ name, far: distance(asked, plain(name)) }));
    const least = Math.min(...ranked.map(({ far }) => far));
    return least < Math.max(3, asked.length / 2) ? ranked.find(({ far }) => far === least)?.name : undefined;
  }

  it.each([
    ["norml", "normal"],
    ["nrml", "normal"],
    ["loop", undefined],
    ["loopbak", "loopback"],
    ["lopback", "loopback"],
    ["xloopback", "loopback"],
    ["recieve_selected", "receive-selected"],
    ["no-stor", "no-store"],
    ["paused", "pause"],
    ["puse", "pause"],
    ["poouse", "pause"],
    ["ab", undefined],
    ["bause", "pause"],
    ["baubb", undefined],
    ["send-anybody", "send-anyone"],
    [`loopback${"x".repeat(60)}`, undefined],
  ])("of %s is %s", (token, name) => {
    expect(parseFlags(token)).toMatchObject({ ok: false, fault: { nearest: name } });
  });

  it("is looked for in the first 40 characters alone", () => {
    expect(parsed(`${"-".repeat(33)}loopbak`)).toMatchObject({ nearest: "loopback" });
    expect(parsed(`${"-".repeat(40)}loopbak`)).not.toHaveProperty("nearest", "loopback");
  });

  it("is the first of those with the fewest letters to change, if that is fewer than three or half", () => {
    const letters = fc.constantFrom(..."abcdeilnoprstuy".split(""));
    const typo = fc
      .tuple(
        fc.constantFrom(...names),
        fc.array(fc.tuple(fc.nat(16), fc.nat(1), fc.oneof(letters, fc.constant(""))), {
          minLength: 1,
          maxLength: 5,
        }),
      )
      .map(([name, edits]) => {
        const spelt = plain(name).split("");
        for (const [at, gone, letter] of edits) spelt.splice(at, gone, letter);
        return spelt.join("");
      })
      .filter((token) => token !== "" && !parseFlags(token).ok);
    fc.assert(
      fc.property(typo, (token) => {
        expect(parseFlags(token)).toMatchObject({ ok: false, fault: { nearest: nearest(token) } });
      }),
    );
  });
});
