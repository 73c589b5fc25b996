import { describe, expect, test } from "vitest";
import { refusalOf, run, worldOf } from "../support/worlds.ts";

const TOKEN = expect.stringMatching(/^[0-9a-f]{48}$/) as string;

describe("useradd", () => {
  test("makes no token without an appid", () => {
    expect(run(worldOf(), "useradd", { address: "a" })).toEqual({ user: { uid: 1001, address: "a" } });
  });

  test("keeps the uid of a known address and gives it a new token", () => {
    const world = worldOf();
    const first = run(world, "useradd", { address: "a", appid: "x" }).user;
    const second = run(world, "useradd", { address: "a", appid: "x" }).user;
    expect([first.uid, second.uid]).toEqual([1001, 1001]);
    expect(first.token).toEqual(TOKEN);
    expect(second.token).not.toBe(first.token);
  });

  test("the same calls make the same tokens in every run", () => {
    const token = () => run(worldOf("z"), "useradd", { address: "a", appid: "x" }).user.token;
    expect(token()).toBe(token());
  });
});

describe("userset", () => {
  test("changes what is given, by uid or by address", () => {
    const world = worldOf("a");
    run(world, "userset", { uid: 1001, flag: 3, pinned: true });
    run(world, "userset", { address: "a", active: false });
    expect(run(world, "usersget", {}).users).toEqual([
      { uid: 1001, address: "a", active: false, pinned: true, online: false, flag: 3, appid: "" },
    ]);
  });

  test("an unknown user, and none at all, are refused", () => {
    expect(refusalOf(worldOf(), "userset", { uid: 9 })).toEqual({
      error: "BADUSER",
      code: 404,
      properties: ["uid"],
    });
    expect(refusalOf(worldOf(), "userset", { address: "x" })).toEqual({
      error: "BADUSER",
      code: 404,
      properties: ["addr"],
    });
    expect(refusalOf(worldOf(), "userset", {})).toEqual({
      error: "MISSINGPARA",
      code: 400,
      properties: ["uid", "addr"],
    });
  });
});

describe("usertoken", () => {
  test("makes a token, and removes it", () => {
    const world = worldOf("a");
    expect(run(world, "usertoken", { uid: 1001, appid: "x" })).toEqual({
      user: { uid: 1001, address: "a", appid: "x", token: TOKEN },
    });
    expect(run(world, "usertoken", { uid: 1001, remove: true })).toEqual({
      user: { uid: 1001, address: "a" },
    });
  });

  test("an unknown user is refused", () => {
    expect(refusalOf(worldOf(), "usertoken", { address: "x", appid: "y" })).toMatchObject({
      error: "BADUSER",
    });
    expect(refusalOf(worldOf(), "userdel", { address: "x" })).toMatchObject({ error: "BADUSER" });
  });
});

describe("usersget", () => {
  test("finds by pattern, 20 by default, and tells how many there are in all", () => {
    const world = worldOf(...Array.from({ length: 25 }, (_, index) => `u${index}`));
    expect(run(world, "usersget", {})).toMatchObject({ count: 20, userscount: 25 });
    expect(run(world, "usersget", { pattern: "u1*", count: 5 }).users.map(({ address }) => address)).toEqual([
      "u1",
      "u10",
      "u11",
      "u12",
      "u13",
    ]);
  });
});
