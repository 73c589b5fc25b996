import { describe, expect, it } from "vitest";
import { effective } from "../../src/domain/effective.ts";
import { encodeFlags } from "../../src/domain/flags.ts";
import { allPermissions, noPermissions, permissionNames } from "../../src/domain/permissions.ts";
import { flagPresets, type FlagPreset } from "../../src/domain/presets.ts";

// mesibo-api.md, section 3.3: the kinds of group in mesibo's words, with the flags it gives them.
const words = {
  normal: 0,
  restricted: 0x1 | 0x10,
  broadcast: 0x1,
  public_room: 0x2,
  hunt_group: 0x20,
} satisfies Record<FlagPreset, number>;

describe("presets", () => {
  it("have the flags of mesibo's documentation", () => {
    const encoded = Object.entries(flagPresets).map(([name, flags]) => [name, encodeFlags(flags)]);
    expect(Object.fromEntries(encoded)).toEqual(words);
  });

  it("are frozen", () => {
    expect([flagPresets, ...Object.values(flagPresets)].every((value) => Object.isFrozen(value))).toBe(true);
  });

  it("a normal group lets every member send and receive, and nobody else", () => {
    expect(can(flagPresets.normal)).toEqual({
      none: [true, true],
      all: [true, true],
      stranger: [false, false],
    });
  });

  it("a restricted group lets the selected send and the selected receive", () => {
    expect(can(flagPresets.restricted)).toEqual({
      none: [false, false],
      all: [true, true],
      stranger: [false, false],
    });
  });

  it("a broadcast group lets the selected send and every member receive", () => {
    expect(can(flagPresets.broadcast)).toEqual({
      none: [false, true],
      all: [true, true],
      stranger: [false, false],
    });
  });

  it("a public room lets anyone send and every member receive", () => {
    expect(can(flagPresets.public_room)).toEqual({
      none: [true, true],
      all: [true, true],
      stranger: [true, false],
    });
  });

  it("a hunt group gives each message to one member, in turn", () => {
    expect(effective(flagPresets.hunt_group, noPermissions).receive.rule.id).toBe("receives_in_turn");
  });
});

describe("permissions", () => {
  it("are five, in mesibo's order", () => {
    expect(permissionNames).toEqual(["send", "receive", "publish", "subscribe", "list"]);
  });

  it("are all off or all on in the two constants, which are frozen", () => {
    const each = (on: boolean): object => Object.fromEntries(permissionNames.map((name) => [name, on]));
    expect([noPermissions, allPermissions]).toEqual([each(false), each(true)]);
    expect([noPermissions, allPermissions].every((value) => Object.isFrozen(value))).toBe(true);
  });
});

function can(flags: (typeof flagPresets)[FlagPreset]): Record<"none" | "all" | "stranger", boolean[]> {
  const both = (who: Parameters<typeof effective>[1]): boolean[] => {
    const { send, receive } = effective(flags, who);
    return [send.allowed, receive.allowed];
  };
  return { none: both(noPermissions), all: both(allPermissions), stranger: both("non_member") };
}
