import { noPermissions, type Permissions } from "@mesibo-groups/core";
import { describe, expect, test } from "vitest";
import { refusalOf, run, worldOf } from "../support/worlds.ts";

const GID = 102529;

function group(...users: readonly string[]) {
  const world = worldOf(...users);
  run(world, "groupadd", { name: "G" });
  const members = () => run(world, "groupgetmembers", { gid: GID, count: 100 }).members;
  const put = (addresses: readonly string[], permissions: Partial<Permissions> = {}) =>
    run(world, "groupeditmembers", { gid: GID, members: addresses, permissions, remove: false });
  const drop = (...addresses: readonly string[]) =>
    run(world, "groupeditmembers", { gid: GID, members: addresses, permissions: {}, remove: true });
  return { world, members, put, drop };
}

describe("groupeditmembers", () => {
  test("a new member has no permission that is not given", () => {
    const { put, members } = group("a");
    put(["a"], { receive: true });
    expect(members()).toEqual([
      { uid: 1001, address: "a", permissions: { ...noPermissions, receive: true } },
    ]);
  });

  test("a known member keeps the permissions that are not given", () => {
    const { put, members } = group("a");
    put(["a"], { send: true, list: true });
    put(["a"], { list: false, publish: true });
    expect(members()[0]?.permissions).toEqual({ ...noPermissions, send: true, publish: true });
  });

  test("members are listed in the order of joining, and joining again changes no place", () => {
    const { put, drop, members } = group("a", "b", "c");
    put(["b", "a"]);
    put(["c", "b"]);
    expect(members().map(({ address }) => address)).toEqual(["b", "a", "c"]);
    drop("b");
    put(["b"]);
    expect(members().map(({ address }) => address)).toEqual(["a", "c", "b"]);
  });

  test("one stranger in the list keeps the others out", () => {
    const { world, members } = group("a");
    const edit = { gid: GID, members: ["a", "ghost"], permissions: {}, remove: false };
    expect(refusalOf(world, "groupeditmembers", edit)).toEqual({
      error: "BADUSER",
      code: 404,
      properties: ["m"],
    });
    expect(members()).toEqual([]);
  });

  test("removing who is no member, or no user, is done and changes nothing", () => {
    const { put, drop, members } = group("a", "b");
    put(["a"]);
    drop("b", "ghost");
    expect(members().map(({ address }) => address)).toEqual(["a"]);
  });

  test.each([true, false])(
    "a list of more than 100,000 addresses is refused whole (remove: %s)",
    (remove) => {
      const { world } = group();
      const members = Array.from({ length: 100_001 }, (_, index) => String(index));
      expect(refusalOf(world, "groupeditmembers", { gid: GID, members, permissions: {}, remove })).toEqual({
        error: "BADPARA",
        code: 400,
        properties: ["m"],
      });
    },
  );

  test("an address is matched exactly", () => {
    const { world } = group("Alice");
    const edit = { gid: GID, members: ["alice"], permissions: {}, remove: false };
    expect(refusalOf(world, "groupeditmembers", edit)).toMatchObject({ error: "BADUSER" });
  });

  test("a refusal names the first three strangers and counts the rest", () => {
    const { world } = group();
    const edit = { gid: GID, members: ["v", "w", "x", "y", "z"], permissions: {}, remove: false };
    expect(() => run(world, "groupeditmembers", edit)).toThrow("BADUSER");
    expect(refusalOf(world, "groupeditmembers", edit).properties).toEqual(["m"]);
  });
});

describe("groupgetmembers", () => {
  test("20 by default and count where given", () => {
    const users = Array.from({ length: 25 }, (_, index) => `u${index}`);
    const { world, put } = group(...users);
    put(users);
    expect(run(world, "groupgetmembers", { gid: GID }).members).toHaveLength(20);
    expect(run(world, "groupgetmembers", { gid: GID, count: 3 }).members).toHaveLength(3);
  });

  test("an unknown gid is refused", () => {
    expect(refusalOf(worldOf(), "groupgetmembers", { gid: 5 })).toMatchObject({ error: "BADGROUP" });
  });
});

describe("a deleted user", () => {
  test("leaves every group, and the groups stay", () => {
    const { world, put, members } = group("a", "b");
    put(["a", "b"]);
    run(world, "userdel", { address: "a" });
    expect(members().map(({ address }) => address)).toEqual(["b"]);
    expect(run(world, "groupsget", {}).count).toBe(1);
  });

  test("comes back as a new user who is in no group", () => {
    const { world, put, members } = group("a");
    put(["a"]);
    run(world, "userdel", { uid: 1001 });
    expect(run(world, "useradd", { address: "a" }).user.uid).toBe(1002);
    expect(members()).toEqual([]);
  });
});
