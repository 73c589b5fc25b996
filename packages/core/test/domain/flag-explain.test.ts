import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flagBits } from "../../src/domain/flag-bits.ts";
import {
  checkFlags,
  describeFlags,
  explainFlags,
  type FlagIssue,
  type FlagLine,
} from "../../src/domain/flag-explain.ts";
import { decodeFlags, encodeFlags, normalFlags } from "../../src/domain/flags.ts";
import { flags } from "../support/arbitraries.ts";

const unnamed = (bit: number): FlagLine => ({
  bit,
  name: undefined,
  meaning: "no source names this bit; it is kept as it is",
  source: "none",
  confidence: "assumed",
});

describe("explaining flags", () => {
  it.each<[number, Omit<FlagLine, "bit">]>([
    [
      0x1,
      {
        name: "send-selected",
        meaning: "only members with the send permission may send",
        source: "SEED, D1full, HDR",
        confidence: "documented",
      },
    ],
    [
      0x2,
      {
        name: "send-anyone",
        meaning: "anyone may send, members or not",
        source: "SEED, D1full, HDR",
        confidence: "documented",
      },
    ],
    [
      0x8,
      {
        name: "auto-add-member",
        meaning: "someone who interacts with the group becomes a member",
        source: "HDR, from the name alone",
        confidence: "assumed",
      },
    ],
    [
      0x10,
      {
        name: "receive-selected",
        meaning: "only members with the receive permission receive",
        source: "SEED, D1full, HDR",
        confidence: "documented",
      },
    ],
    [
      0x20,
      {
        name: "receive-in-turn",
        meaning: "one member receives each message, in turn",
        source: "SEED, D1full, D2g, HDR",
        confidence: "documented",
      },
    ],
    [
      0x40,
      {
        name: "no-store",
        meaning: "messages of the group are not stored",
        source: "SEED, D1full, HDR",
        confidence: "documented",
      },
    ],
    [
      0x80,
      {
        name: "loopback",
        meaning: "the sender receives their own message too",
        source: "SEED, D1full, HDR",
        confidence: "documented",
      },
    ],
    [
      0x100,
      {
        name: "publish-selected",
        meaning: "only members with the publish permission may publish in calls",
        source: "HDR, CON",
        confidence: "recorded",
      },
    ],
    [
      0x200,
      {
        name: "publish-anyone",
        meaning: "anyone may publish in calls",
        source: "HDR, CON",
        confidence: "recorded",
      },
    ],
    [
      0x1000,
      {
        name: "subscribe-selected",
        meaning: "only members with the subscribe permission may view streams",
        source: "HDR, CON",
        confidence: "recorded",
      },
    ],
    [
      0x2000,
      {
        name: "subscribe-anyone",
        meaning: "anyone may view streams",
        source: "HDR, CON",
        confidence: "recorded",
      },
    ],
    [
      0x10000,
      {
        name: "list-selected",
        meaning: "only members with the list permission may list publishers",
        source: "HDR, CON",
        confidence: "recorded",
      },
    ],
    [
      0x20000,
      {
        name: "list-anyone",
        meaning: "anyone may list publishers",
        source: "HDR, CON",
        confidence: "recorded",
      },
    ],
    [
      0x40000,
      {
        name: "no-self-delete",
        meaning: "members cannot leave by themselves",
        source: "HDR",
        confidence: "recorded",
      },
    ],
    [0x8000000, { name: "pause", meaning: "the group is paused", source: "HDRios", confidence: "recorded" }],
    [
      0x80000000,
      {
        name: "delete",
        meaning: "transient marker that mesibo does not store",
        source: "HDR",
        confidence: "recorded",
      },
    ],
  ])("says of bit %i what mesibo's sources say", (bit, line) => {
    expect(explainFlags(decodeFlags(bit))).toEqual([{ bit, ...line }]);
  });

  it("has no line for flag 0 and says so of bits that no source names", () => {
    expect(explainFlags(normalFlags)).toEqual([]);
    expect(explainFlags(decodeFlags(0x4))).toEqual([unnamed(0x4)]);
    expect(explainFlags(decodeFlags(0x40000000))).toEqual([unnamed(0x40000000)]);
  });

  it("has one line for each set bit, the lowest first", () => {
    fc.assert(
      fc.property(flags, (value) => {
        const word = encodeFlags(value);
        const set = Array.from({ length: 32 }, (_, index) => 2 ** index).filter(
          (bit) => Math.floor(word / bit) % 2 === 1,
        );
        expect(explainFlags(value).map(({ bit }) => bit)).toEqual(set);
      }),
    );
  });

  it("knows exactly the sixteen bits of mesibo's header", () => {
    expect(flagBits.map(({ sdkName, bit }) => [sdkName, bit])).toEqual([
      ["SENDBYSELECTED", 0x1],
      ["SENDBYANYONE", 0x2],
      ["AUTOADDMEMBER", 0x8],
      ["RECVBYSELECTED", 0x10],
      ["RECVROUNDROBIN", 0x20],
      ["NOSTORAGE", 0x40],
      ["RECVLOOPBACK", 0x80],
      ["PUBBYSELECTED", 0x100],
      ["PUBBYANYONE", 0x200],
      ["SUBBYSELECTED", 0x1000],
      ["SUBBYANYONE", 0x2000],
      ["LISTBYSELECTED", 0x10000],
      ["LISTBYANYONE", 0x20000],
      ["NOSELFDELETE", 0x40000],
      ["PAUSE", 0x8000000],
      ["DELETE", 0x80000000],
    ]);
  });
});

describe("describing flags", () => {
  it.each([
    [0, "Every member may send; every member receives; messages are stored; the sender gets no copy."],
    [
      0x11,
      "Only members with the send permission may send; only members with the receive permission receive; messages are stored; the sender gets no copy.",
    ],
    [
      0xe2,
      "Anyone may send, members or not; one member receives each message, in turn; messages are not stored; the sender gets a copy.",
    ],
    [
      0x30,
      "Every member may send; one member with the receive permission receives each message, in turn (assumed: both receive bits are set); messages are stored; the sender gets no copy.",
    ],
    [
      0x80000108,
      "Every member may send; every member receives; messages are stored; the sender gets no copy; other bits are kept: 0x80000108.",
    ],
  ])("puts %i into one sentence", (word, sentence) => {
    expect(describeFlags(decodeFlags(word))).toBe(sentence);
  });
});

describe("checking flags", () => {
  const anyoneSends: FlagIssue = {
    kind: "surprise",
    bits: 0x2,
    message: "People who are not members may send to this group.",
    confidence: "documented",
  };
  const contradictionOf = (bits: number, message: string): FlagIssue => ({
    kind: "contradiction",
    bits,
    message: `${message}; what mesibo does then is not published, we read `,
    confidence: "assumed",
  });
  const ended = (issue: FlagIssue, mode: string): FlagIssue => ({
    ...issue,
    message: `${issue.message}${mode}.`,
  });
  const undefinedSend = (bits: number, mode: string): FlagIssue => ({
    kind: "undefined_choice",
    bits,
    message: `The bits 0x${bits.toString(16)} are no known choice of who may send; we read ${mode}.`,
    confidence: "assumed",
  });

  it.each<[number, FlagIssue[]]>([
    [0, []],
    [0x1, []],
    [0x11, []],
    [0x20, []],
    [0x80, []],
    [0x11100, []],
    [0x8040008, []],
    [0x2, [anyoneSends]],
    [0x3, [ended(contradictionOf(0x3, "The bits 0x3 choose twice who may send"), "anyone"), anyoneSends]],
    [0x4, [undefinedSend(0x4, "members")]],
    [0x5, [undefinedSend(0x5, "selected")]],
    [0x6, [undefinedSend(0x6, "anyone"), anyoneSends]],
    [0x7, [ended(contradictionOf(0x7, "The bits 0x7 choose twice who may send"), "anyone"), anyoneSends]],
    [0x30, [ended(contradictionOf(0x30, "The bits 0x30 choose twice who receives"), "in_turn")]],
    [
      0x34,
      [
        undefinedSend(0x4, "members"),
        ended(contradictionOf(0x30, "The bits 0x30 choose twice who receives"), "in_turn"),
      ],
    ],
    [
      0x400800,
      [0x800, 0x400000].map((bits) => ({
        kind: "undocumented_bit",
        bits,
        message: `No source names the bit 0x${bits.toString(16)}; it is kept as it is.`,
        confidence: "assumed",
      })),
    ],
    [
      0x40,
      [
        {
          kind: "surprise",
          bits: 0x40,
          message:
            "mesibo's console drops this bit when somebody picks who receives there (its mask is too wide).",
          confidence: "recorded",
        },
      ],
    ],
    [
      0xa0,
      [
        {
          kind: "surprise",
          bits: 0xa0,
          message: "A sender can be the one in turn and then the message reaches nobody else.",
          confidence: "assumed",
        },
      ],
    ],
    [
      0x80000000,
      [
        {
          kind: "surprise",
          bits: 0x80000000,
          message: "mesibo does not store this bit: it is a transient marker.",
          confidence: "recorded",
        },
      ],
    ],
    [
      0x22200,
      (
        [
          ["publish", 0x200],
          ["subscribe", 0x2000],
          ["list", 0x20000],
        ] as const
      ).map(([action, bits]) => ({
        kind: "surprise",
        bits,
        message: `People who are not members may ${action} in this group's calls.`,
        confidence: "recorded",
      })),
    ],
  ])("finds in %i what a careful person wants to know", (word, issues) => {
    expect(checkFlags(decodeFlags(word))).toEqual(issues);
  });

  it("says nothing about a contradiction that is settled by hand", () => {
    expect(checkFlags({ ...decodeFlags(0x33), send: "members", receive: "members" })).toEqual([]);
  });

  it("finds a contradiction exactly where the flags hold one", () => {
    fc.assert(
      fc.property(flags, (value) => {
        const choices = checkFlags(value).filter(
          ({ kind }) => kind === "contradiction" || kind === "undefined_choice",
        );
        expect(choices.map(({ bits }) => bits)).toEqual(value.conflicts.map(({ bits }) => bits));
      }),
    );
  });
});
