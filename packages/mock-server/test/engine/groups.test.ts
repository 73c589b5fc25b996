import {
  decodeFlags,
  DEFAULT_GROUP_EXPIRY,
  encodeFlags,
  flagPresets,
  normalFlags,
} from "@mesibo-groups/core";
import { describe, expect, test } from "vitest";
import { NOW, refusalOf, run, worldOf } from "../support/worlds.ts";

const list = (world: ReturnType<typeof worldOf>, now = NOW) =>
  run(world, "groupsget", { count: 100 }, now).groups;

describe("groupadd", () => {
  test("gids ascend from 102529, and two equal calls make two groups", () => {
    const world = worldOf();
    const gids = [1, 2, 3].map(() => run(world, "groupadd", { name: "Same" }).group.gid);
    expect(gids).toEqual([102529, 102530, 102531]);
  });

  test("a gid is never given twice, also after its group is deleted", () => {
    const world = worldOf();
    run(world, "groupadd", {});
    run(world, "groupdel", { gid: 102529 });
    expect(run(world, "groupadd", {}).group.gid).toBe(102530);
  });

  test("what is not given is: no name, flag 0, one year, no extension, active, not pinned", () => {
    const world = worldOf();
    run(world, "groupadd", {});
    expect(list(world)).toEqual([
      {
        gid: 102529,
        name: "",
        flags: normalFlags,
        expiry: DEFAULT_GROUP_EXPIRY,
        expiryext: 0,
        active: true,
        pinned: false,
      },
    ]);
  });

  test.each([0, -1, -5])("expiry %i means one year", (expiry) => {
    const world = worldOf();
    run(world, "groupadd", { expiry });
    expect(list(world)[0]?.expiry).toBe(DEFAULT_GROUP_EXPIRY);
  });

  test("the DELETE bit is stripped, and every other unknown bit is kept", () => {
    const world = worldOf();
    run(world, "groupadd", { flags: decodeFlags(0xfff0_0811) });
    expect(list(world).map(({ flags }) => encodeFlags(flags))).toEqual([0x7ff0_0811]);
  });

  test("contradictory flags are accepted and kept", () => {
    const world = worldOf();
    run(world, "groupadd", { flags: decodeFlags(0x33) });
    expect(list(world).map(({ flags }) => encodeFlags(flags))).toEqual([0x33]);
  });

  test("a member who is no user keeps the whole group from being made", () => {
    const world = worldOf("a");
    expect(refusalOf(world, "groupadd", { members: ["a", "ghost"] })).toEqual({
      error: "BADUSER",
      code: 404,
      properties: ["m"],
    });
    expect(list(world)).toEqual([]);
    expect(run(world, "groupadd", {}).group.gid).toBe(102529);
  });
});

describe("groupset", () => {
  test("what is not given stays", () => {
    const world = worldOf();
    run(world, "groupadd", {
      name: "A",
      flags: flagPresets.broadcast,
      expiry: 100,
      expiryext: 7,
      active: false,
      pinned: true,
    });
    run(world, "groupset", { gid: 102529 }, NOW + 10);
    expect(list(world, NOW + 10)).toEqual([
      {
        gid: 102529,
        name: "A",
        flags: flagPresets.broadcast,
        expiry: 90,
        expiryext: 7,
        active: false,
        pinned: true,
      },
    ]);
  });

  test("what is given changes, and an expiry counts from now", () => {
    const world = worldOf();
    run(world, "groupadd", { name: "A", expiry: 100 });
    const change = {
      name: "B",
      flags: flagPresets.hunt_group,
      expiry: 50,
      expiryext: 5,
      active: false,
      pinned: true,
    };
    expect(run(world, "groupset", { gid: 102529, ...change }, NOW + 10)).toEqual({ group: { gid: 102529 } });
    expect(list(world, NOW + 10)).toEqual([{ gid: 102529, ...change }]);
  });

  test("a negative expiry leaves it, and 0 means one year again", () => {
    const world = worldOf();
    run(world, "groupadd", { expiry: 100 });
    run(world, "groupset", { gid: 102529, expiry: -2 });
    expect(list(world)[0]?.expiry).toBe(100);
    run(world, "groupset", { gid: 102529, expiry: 0 });
    expect(list(world)[0]?.expiry).toBe(DEFAULT_GROUP_EXPIRY);
  });

  test("m replaces the list: who stays takes what is given, who leaves loses it", () => {
    const world = worldOf("a", "b", "c");
    run(world, "groupadd", { members: ["a", "b"], permissions: { send: true } });
    run(world, "groupset", { gid: 102529, members: ["c", "b"], permissions: { receive: true } });
    expect(run(world, "groupgetmembers", { gid: 102529 }).members).toEqual([
      {
        uid: 1002,
        address: "b",
        permissions: { send: true, receive: true, publish: false, subscribe: false, list: false },
      },
      {
        uid: 1003,
        address: "c",
        permissions: { send: false, receive: true, publish: false, subscribe: false, list: false },
      },
    ]);
  });

  test("a stranger in m keeps everything as it was", () => {
    const world = worldOf("a");
    run(world, "groupadd", { name: "A", members: ["a"] });
    expect(refusalOf(world, "groupset", { gid: 102529, name: "B", members: ["ghost"] })).toMatchObject({
      error: "BADUSER",
    });
    expect(list(world)[0]?.name).toBe("A");
  });
});

describe("a group ends", () => {
  test("with groupdel, with its memberships, and a second groupdel is refused", () => {
    const world = worldOf("a");
    run(world, "groupadd", { members: ["a"] });
    run(world, "groupdel", { gid: 102529 });
    expect(refusalOf(world, "groupdel", { gid: 102529 })).toEqual({
      error: "BADGROUP",
      code: 404,
      properties: ["gid"],
    });
  });

  test("when its time is over, to the second", () => {
    const world = worldOf("a");
    run(world, "groupadd", { expiry: 60, members: ["a"] });
    expect(list(world, NOW + 59)).toHaveLength(1);
    expect(refusalOf(world, "groupset", { gid: 102529 }, NOW + 60)).toMatchObject({ error: "BADGROUP" });
    expect(list(world, NOW + 60)).toEqual([]);
  });
});

describe("groupsget", () => {
  test.each([
    [undefined, ["news", "old news", "team"]],
    ["*", ["news", "old news", "team"]],
    ["news", ["news"]],
    ["*news", ["news", "old news"]],
    ["new*", ["news"]],
    ["*e*m", ["team"]],
    ["News", []],
    ["news*news", []],
    ["*w*e*", []],
  ])("the pattern %s finds %j", (pattern, found) => {
    const world = worldOf();
    for (const name of ["news", "old news", "team"]) run(world, "groupadd", { name });
    expect(run(world, "groupsget", { pattern }).groups.map(({ name }) => name)).toEqual(found);
  });

  test("20 by default, count of them, and how many there are in all", () => {
    const world = worldOf();
    for (let index = 0; index < 25; index += 1) run(world, "groupadd", { name: String(index) });
    expect(run(world, "groupsget", {})).toMatchObject({ count: 20, groupscount: 25 });
    expect(run(world, "groupsget", { count: 0 })).toMatchObject({ count: 20 });
    expect(run(world, "groupsget", { count: 3 })).toMatchObject({ count: 3, groupscount: 25 });
    expect(run(world, "groupsget", { count: 100 })).toMatchObject({ count: 25 });
  });
});
