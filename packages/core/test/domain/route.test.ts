import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effective } from "../../src/domain/effective.ts";
import { decodeFlags } from "../../src/domain/flags.ts";
import { noPermissions } from "../../src/domain/permissions.ts";
import { route, type Route, type RoutedMember, type RouteQuestion } from "../../src/domain/route.ts";
import { rules } from "../../src/domain/rules.ts";
import { address, flags, permissions } from "../support/arbitraries.ts";

type RuleId = keyof typeof rules;

const plain = (name: string, ordinal: number): RoutedMember => ({
  address: name,
  permissions: noPermissions,
  ordinal,
});
const receiver = (name: string, ordinal: number): RoutedMember => ({
  ...plain(name, ordinal),
  permissions: { ...noPermissions, receive: true },
});
const speaker = (name: string, ordinal: number): RoutedMember => ({
  ...plain(name, ordinal),
  permissions: { ...noPermissions, send: true },
});

const abc = [plain("a", 0), plain("b", 1), plain("c", 2)];

interface Asked extends Partial<Omit<RouteQuestion, "group">> {
  readonly word: number;
  readonly active?: boolean;
  readonly expired?: boolean;
}

function ask({ word, active = true, expired, ...question }: Asked): Route {
  return route({
    group: { flags: decodeFlags(word), active, expired },
    members: abc,
    sender: "a",
    ...question,
  });
}

const because = (...ids: RuleId[]): Route["because"] => ids.map((id) => rules[id]);

const refused = (id: RuleId): Route => ({
  accepted: false,
  recipients: [],
  stored: false,
  cursor: -1,
  because: because(id),
});

describe("who gets a message", () => {
  it("flag 0: every member but the sender", () => {
    expect(ask({ word: 0 })).toEqual({
      accepted: true,
      recipients: ["b", "c"],
      stored: true,
      cursor: -1,
      because: because("member_of_members", "member_of_members", "sender_excluded", "stored"),
    });
  });

  it("0x80: the sender too", () => {
    expect(ask({ word: 0x80, sender: "b" })).toEqual({
      accepted: true,
      recipients: ["a", "b", "c"],
      stored: true,
      cursor: -1,
      because: because("member_of_members", "member_of_members", "sender_gets_copy", "stored"),
    });
  });

  it("0x10: the members with the receive permission", () => {
    const members = [plain("a", 0), receiver("b", 1), plain("c", 2), receiver("d", 3)];
    expect(ask({ word: 0x10, members })).toEqual({
      accepted: true,
      recipients: ["b", "d"],
      stored: true,
      cursor: -1,
      because: because("member_of_members", "member_selected", "sender_excluded", "stored"),
    });
  });

  it("0x90: a sender without the receive permission gets no copy", () => {
    const members = [plain("a", 0), receiver("b", 1)];
    expect(ask({ word: 0x90, members }).recipients).toEqual(["b"]);
  });

  it("0x2: a message from somebody who is no member reaches every member", () => {
    expect(ask({ word: 0x2, sender: "stranger" })).toEqual({
      accepted: true,
      recipients: ["a", "b", "c"],
      stored: true,
      cursor: -1,
      because: because("anyone", "member_of_members", "stored"),
    });
  });

  it("0x82: somebody who is no member gets no copy", () => {
    expect(ask({ word: 0x82, sender: "stranger" })).toEqual({
      accepted: true,
      recipients: ["a", "b", "c"],
      stored: true,
      cursor: -1,
      because: because("anyone", "member_of_members", "stored"),
    });
  });

  it("0x40: what is sent is not stored", () => {
    expect(ask({ word: 0x40 })).toEqual({
      accepted: true,
      recipients: ["b", "c"],
      stored: false,
      cursor: -1,
      because: because("member_of_members", "member_of_members", "sender_excluded", "not_stored"),
    });
  });

  it("an empty group: nobody, and the message is accepted all the same", () => {
    expect(ask({ word: 0x2, members: [] }).recipients).toEqual([]);
    expect(ask({ word: 0x22, members: [], cursor: 4 })).toEqual({
      accepted: true,
      recipients: [],
      stored: true,
      cursor: 4,
      because: because("anyone", "receives_in_turn", "stored"),
    });
  });
});

describe("a message is refused", () => {
  it("from somebody who is no member", () => {
    expect(ask({ word: 0, sender: "stranger" })).toEqual(refused("not_a_member"));
    expect(ask({ word: 0x1, sender: "stranger" })).toEqual(refused("not_a_member"));
  });

  it("from a member without the send permission in a restricted group", () => {
    const members = [plain("a", 0), speaker("b", 1)];
    expect(ask({ word: 0x1, members, sender: "a" })).toEqual(refused("member_not_selected"));
    expect(ask({ word: 0x1, members, sender: "b" }).recipients).toEqual(["a"]);
  });

  it("in a group that is not active, even where anyone may send", () => {
    expect(ask({ word: 0x2, active: false })).toEqual(refused("group_inactive"));
  });

  it("in a group that has expired, active or not", () => {
    expect(ask({ word: 0x2, expired: true })).toEqual(refused("group_expired"));
    expect(ask({ word: 0x2, expired: true, active: false })).toEqual(refused("group_expired"));
    expect(ask({ word: 0x2, expired: false }).accepted).toBe(true);
  });

  it("without moving the turn", () => {
    expect(ask({ word: 0x20, sender: "stranger", cursor: 1 })).toEqual({
      ...refused("not_a_member"),
      cursor: 1,
    });
  });
});

describe("one member in turn", () => {
  it("gets each message, the sender passed over", () => {
    expect(ask({ word: 0x20, sender: "a" })).toEqual({
      accepted: true,
      recipients: ["b"],
      stored: true,
      cursor: 1,
      because: because("member_of_members", "receives_in_turn", "turn_skips_sender", "stored"),
    });
  });

  it("is followed by the next, and the last by the first", () => {
    expect([-1, 0, 1, 2, 7].map((cursor) => ask({ word: 0x22, sender: "x", cursor }).recipients)).toEqual([
      ["a"],
      ["b"],
      ["c"],
      ["a"],
      ["a"],
    ]);
  });

  it("can be the sender where the group loops back", () => {
    expect(ask({ word: 0xa0, sender: "a" })).toEqual({
      accepted: true,
      recipients: ["a"],
      stored: true,
      cursor: 0,
      because: because("member_of_members", "receives_in_turn", "turn_counts_sender", "stored"),
    });
  });

  it("is followed by the next in order when the last in turn leaves", () => {
    const left = [plain("a", 0), plain("c", 2)];
    expect(ask({ word: 0x22, sender: "x", members: left, cursor: 1 })).toMatchObject({
      recipients: ["c"],
      cursor: 2,
    });
  });

  it("comes round to somebody who joined later", () => {
    const joined = [...abc, plain("d", 9)];
    expect(ask({ word: 0x22, sender: "x", members: joined, cursor: 2 })).toMatchObject({
      recipients: ["d"],
      cursor: 9,
    });
  });

  it("needs the receive permission where both receive bits are set", () => {
    const members = [plain("a", 0), receiver("b", 1), plain("c", 2), receiver("d", 3)];
    const turns = [-1, 1, 3].map((cursor) => ask({ word: 0x32, sender: "x", members, cursor }));
    expect(turns.map(({ recipients, cursor }) => [recipients, cursor])).toEqual([
      [["b"], 1],
      [["d"], 3],
      [["b"], 1],
    ]);
    expect(turns[0]?.because).toEqual(because("anyone", "receives_in_turn_selected", "stored"));
  });

  it("goes by the place in the list where members have no ordinal", () => {
    const members = ["a", "b"].map((name) => ({ address: name, permissions: noPermissions }));
    const first = ask({ word: 0x22, sender: "x", members });
    const second = ask({ word: 0x22, sender: "x", members, cursor: first.cursor });
    const third = ask({ word: 0x22, sender: "x", members, cursor: second.cursor });
    expect([first, second, third].map(({ recipients }) => recipients)).toEqual([["a"], ["b"], ["a"]]);
  });
});

describe("for every group, sender and cursor", () => {
  const members = fc
    .uniqueArray(fc.record({ address, permissions, gap: fc.nat(3) }), {
      maxLength: 8,
      selector: (member) => member.address,
    })
    .map((list) => {
      let ordinal = -1;
      return list.map(({ address: name, permissions: own, gap }): RoutedMember => {
        ordinal += gap + 1;
        return { address: name, permissions: own, ordinal };
      });
    });
  const question: fc.Arbitrary<RouteQuestion> = fc
    .record({
      flags,
      active: fc.boolean(),
      expired: fc.boolean(),
      members,
      outsider: address,
      pick: fc.nat(8),
    })
    .chain(({ flags: own, active, expired, members: list, outsider, pick }) =>
      fc.integer({ min: -1, max: 40 }).map((cursor) => ({
        group: { flags: own, active: active || pick > 2, expired: expired && pick < 3 },
        members: list,
        sender: list[pick]?.address ?? outsider,
        cursor,
      })),
    );

  it("the recipients are members who may receive, in joining order, never the sender without loop back", () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { recipients, accepted } = route(asked);
        const { flags: own } = asked.group;
        const eligible = asked.members
          .filter(({ address: name }) => own.loopback || name !== asked.sender)
          .filter(({ permissions: who }) => effective(own, who).receive.allowed)
          .map(({ address: name }) => name);
        const inOrder = eligible.filter((name) => recipients.includes(name));
        expect(recipients).toEqual(inOrder);
        const expected = own.receive === "in_turn" ? Math.min(1, eligible.length) : eligible.length;
        expect(recipients).toHaveLength(accepted ? expected : 0);
      }),
    );
  });

  it("it is accepted exactly where the group lives and the sender may send, and stored as the group says", () => {
    fc.assert(
      fc.property(question, (asked) => {
        const { accepted, stored, because: reasons } = route(asked);
        const { flags: own, active, expired } = asked.group;
        const sender = asked.members.find(({ address: name }) => name === asked.sender);
        const may = effective(own, sender?.permissions ?? "non_member").send;
        expect(accepted).toBe(active && expired === false && may.allowed);
        expect(stored).toBe(accepted && own.store);
        expect(reasons.includes(may.rule)).toBe(active && expired === false);
      }),
    );
  });

  it("over as many messages as members are eligible, each of them has one turn", () => {
    fc.assert(
      fc.property(question, (asked) => {
        const turning: RouteQuestion = {
          ...asked,
          group: { flags: decodeFlags(0x22), active: true },
        };
        const eligible = asked.members
          .map(({ address: name }) => name)
          .filter((name) => name !== asked.sender);
        let { cursor } = turning;
        const turns: string[] = [];
        for (const _ of eligible) {
          const next = route({ ...turning, cursor });
          turns.push(...next.recipients);
          cursor = next.cursor;
        }
        expect(turns.toSorted()).toEqual(eligible.toSorted());
      }),
    );
  });
});
