import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effective, effectiveIn, permissionMatters } from "../../src/domain/effective.ts";
import { decodeFlags, normalFlags } from "../../src/domain/flags.ts";
import {
  noPermissions,
  allPermissions,
  permissionNames,
  type PermissionName,
} from "../../src/domain/permissions.ts";
import { rules, type Rule } from "../../src/domain/rules.ts";
import { flags, permissions } from "../support/arbitraries.ts";

type RuleId = keyof typeof rules;

/** What each of the three kinds of people gets: a member with the permission, one without it, a stranger. */
interface Row {
  readonly word: number;
  readonly selected: [boolean, RuleId];
  readonly unselected: [boolean, RuleId];
  readonly stranger: [boolean, RuleId];
}

const members = {
  selected: [true, "member_of_members"],
  unselected: [true, "member_of_members"],
  stranger: [false, "not_a_member"],
} satisfies Omit<Row, "word">;

const selected = {
  selected: [true, "member_selected"],
  unselected: [false, "member_not_selected"],
  stranger: [false, "not_a_member"],
} satisfies Omit<Row, "word">;

const anyone = {
  selected: [true, "anyone"],
  unselected: [true, "anyone"],
  stranger: [true, "anyone"],
} satisfies Omit<Row, "word">;

const turn = {
  selected: [true, "receives_in_turn"],
  unselected: [true, "receives_in_turn"],
  stranger: [false, "not_a_member"],
} satisfies Omit<Row, "word">;

const turnAmongSelected = {
  selected: [true, "receives_in_turn_selected"],
  unselected: [false, "member_not_selected"],
  stranger: [false, "not_a_member"],
} satisfies Omit<Row, "word">;

const table = {
  send: [
    { word: 0, ...members },
    { word: 0x1, ...selected },
    { word: 0x2, ...anyone },
    { word: 0x3, ...anyone },
    { word: 0x4, ...members },
    { word: 0x5, ...selected },
    { word: 0x7, ...anyone },
  ],
  receive: [
    { word: 0, ...members },
    { word: 0x10, ...selected },
    { word: 0x20, ...turn },
    { word: 0x30, ...turnAmongSelected },
  ],
  publish: [
    { word: 0, ...members },
    { word: 0x100, ...selected },
    { word: 0x200, ...anyone },
    { word: 0x300, ...anyone },
  ],
  subscribe: [
    { word: 0, ...members },
    { word: 0x1000, ...selected },
    { word: 0x2000, ...anyone },
    { word: 0x3000, ...anyone },
  ],
  list: [
    { word: 0, ...members },
    { word: 0x10000, ...selected },
    { word: 0x20000, ...anyone },
    { word: 0x30000, ...anyone },
  ],
} satisfies Record<PermissionName, Row[]>;

const verdict = ([allowed, id]: [boolean, RuleId]): { allowed: boolean; rule: Rule } => ({
  allowed,
  rule: rules[id],
});

const rows = permissionNames.flatMap((name) => table[name].map((row) => Object.assign(row, { name })));

describe("what somebody may really do", () => {
  it.each(rows)("$name with flag $word, by permission and membership", ({ name, word, ...people }) => {
    const group = decodeFlags(word);
    const only = { ...noPermissions, [name]: true };
    const allBut = { ...allPermissions, [name]: false };
    expect([only, allBut, "non_member" as const].map((who) => effective(group, who)[name])).toEqual([
      verdict(people.selected),
      verdict(people.unselected),
      verdict(people.stranger),
    ]);
  });

  it("has five answers, each decided by its own bits and its own permission", () => {
    fc.assert(
      fc.property(flags, permissions, (group, who) => {
        const whole = effective(group, who);
        expect(Object.keys(whole)).toEqual([...permissionNames]);
        for (const name of permissionNames) {
          const others = { ...allPermissions, [name]: who[name] };
          expect(effective(group, others)[name]).toEqual(whole[name]);
        }
      }),
    );
  });

  it("never lets a member do less than somebody who is no member", () => {
    fc.assert(
      fc.property(flags, permissions, (group, who) => {
        const [member, stranger] = [effective(group, who), effective(group, "non_member")];
        const less = permissionNames.filter((name) => stranger[name].allowed && !member[name].allowed);
        expect(less).toEqual([]);
      }),
    );
  });
});

describe("in a group as it is", () => {
  const everybody = [allPermissions, noPermissions, "non_member"] as const;

  it("nobody may do anything once it has expired, active or not", () => {
    const no = { allowed: false, rule: rules.group_expired };
    for (const who of everybody) {
      for (const active of [true, false]) {
        const group = { flags: decodeFlags(2), active, expired: true };
        expect(effectiveIn(group, who)).toEqual({
          send: no,
          receive: no,
          publish: no,
          subscribe: no,
          list: no,
        });
      }
    }
  });

  it("nobody may send while it is not active, and otherwise its flags decide", () => {
    fc.assert(
      fc.property(flags, fc.constantFrom(...everybody), (group, who) => {
        const whole = effective(group, who);
        expect(effectiveIn({ flags: group, active: true }, who)).toEqual(whole);
        const send = { allowed: false, rule: rules.group_inactive };
        expect(effectiveIn({ flags: group, active: false }, who)).toEqual({ ...whole, send });
      }),
    );
  });
});

describe("a member's own permission", () => {
  it("is read only where the choice is the selected", () => {
    const read = rows.map(({ name, word }) => [name, word, permissionMatters(decodeFlags(word), name)]);
    expect(read).toEqual(
      rows.map(({ name, word, selected: a, unselected: b }) => [name, word, a[0] !== b[0]]),
    );
    expect(permissionNames.map((name) => permissionMatters(normalFlags, name))).toEqual(
      permissionNames.map(() => false),
    );
  });
});

describe("rules", () => {
  it("carry their own name, a sentence and a source each", () => {
    const broken = Object.entries(rules).filter(
      ([id, rule]) => rule.id !== id || !/^[A-Z].*\.$/.test(rule.sentence) || rule.source.length === 0,
    );
    expect(broken).toEqual([]);
  });
});
