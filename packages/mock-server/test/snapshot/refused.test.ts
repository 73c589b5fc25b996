import { describe, expect, test } from "vitest";
import { createMock, demoSeed, type Snapshot } from "../../src/index.ts";

const good = createMock({ seed: demoSeed }).world().snapshot();
const [first, second] = good.groups;
if (first === undefined || second === undefined) throw new Error("the demo seed has groups");
const [someone] = good.users;
if (someone === undefined) throw new Error("the demo seed has users");

const withFirst = (change: Partial<Snapshot["groups"][number]>): Snapshot => ({
  ...good,
  groups: [{ ...first, ...change }, second],
});

describe("a snapshot is refused with the reason, and nothing is changed", () => {
  test.each<[string, unknown, string]>([
    [
      "of a newer version",
      { ...good, version: 2 },
      "it has version 2, and this mock reads up to 1; use a newer mesibo-mock",
    ],
    ["of another kind", { users: [] }, "it is no snapshot: its format is not mesibo-mock-world"],
    ["that is no object", "text", "it is no snapshot: its format is not mesibo-mock-world"],
    ["without a version", { ...good, version: undefined }, "snapshot.version"],
    ["with a user of the wrong shape", { ...good, users: [{ uid: 1 }] }, "snapshot.users.0.address"],
    ["whose next gid is 0", { ...good, groups: [], next: { ...good.next, gid: 0 } }, "snapshot.next.gid"],
    [
      "whose clock shows no time",
      { ...good, clock: { offset: 1e20 } },
      "its clock shows no time from 0 to 253402300799 in Unix seconds",
    ],
    ["with an end that is no second", withFirst({ expires_at: 1e300 }), "snapshot.groups.0.expires_at"],
    ["with a uid twice", { ...good, users: [someone, someone] }, "uid 1001 is there twice"],
    [
      "with an address twice",
      { ...good, users: [someone, { ...someone, uid: 1002 }] },
      'address "alice@example.com" is there twice',
    ],
    ["with a gid twice", { ...good, groups: [first, first] }, "gid 102529 is there twice"],
    [
      "with a member who is no user",
      withFirst({ members: [["ghost", 0, 3]] }),
      'member "ghost" of group 102529 is no user',
    ],
    [
      "with a member twice",
      withFirst({
        members: [
          ["alice@example.com", 0, 3],
          ["alice@example.com", 1, 3],
        ],
      }),
      'member "alice@example.com" of group 102529 is there twice',
    ],
    [
      "with members out of order",
      withFirst({
        members: [
          ["alice@example.com", 1, 3],
          ["bob@example.com", 0, 3],
        ],
      }),
      'member "bob@example.com" of group 102529 is not in the order of joining',
    ],
    ["with an ordinal to come that is taken", withFirst({ next_ordinal: 1 }), "next_ordinal of group 102529"],
    [
      "with an ordinal to come that leaves no room",
      withFirst({ next_ordinal: 2 ** 31 + 1 }),
      "next_ordinal of group 102529 is 2147483649, and must be at most 2147483648",
    ],
    [
      "with a gid to come that leaves no room",
      { ...good, next: { ...good.next, gid: 2 ** 32 } },
      "next.gid is 4294967296, and must be at most 2147483648",
    ],
    ["with permissions beyond five", withFirst({ members: [["alice@example.com", 0, 32]] }), "<=31"],
    ["with a uid to come that is taken", { ...good, next: { ...good.next, uid: 1 } }, "next.uid lies behind"],
    ["with a gid to come that is taken", { ...good, next: { ...good.next, gid: 1 } }, "next.gid lies behind"],
    [
      "with a mid to come that is taken",
      {
        ...good,
        deliveries: [{ mid: 1, from: "a", to: "b", text: "", at: 0, stored: true, state: "waiting" }],
      },
      "next.mid lies behind mid 1",
    ],
  ])("%s", async (_, snapshot, reason) => {
    const mock = createMock({ seed: demoSeed });
    const before = mock.world().snapshot();
    expect(() => {
      mock.world().restore(snapshot);
    }).toThrow(reason);
    const answer = await mock.fetch(`http://mesibo.mock/_mock/worlds/${mock.token}/snapshot`, {
      method: "PUT",
      body: JSON.stringify(snapshot),
    });
    expect(answer.status).toBe(typeof snapshot === "string" ? 400 : 422);
    expect(mock.world().snapshot()).toEqual(before);
  });
});
