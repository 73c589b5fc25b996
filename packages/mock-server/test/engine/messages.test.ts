import { decodeFlags, flagPresets, type GroupFlags } from "@mesibo-groups/core";
import { describe, expect, test } from "vitest";
import { NOW, refusalOf, run, worldOf } from "../support/worlds.ts";

const GID = 102529;

function group(
  flags: GroupFlags | undefined,
  extra: { readonly expiry?: number; readonly expiryext?: number } = {},
) {
  const world = worldOf("a", "b", "c", "outsider");
  run(world, "groupadd", { flags, members: ["a", "b", "c"], ...extra });
  const send = (from: string, more: object = {}, now = NOW) =>
    run(world, "message", { from, to: [], gid: GID, text: "hi", ...more }, now);
  const got = () => world.deliveries.map(({ to }) => to);
  return { world, send, got };
}

describe("who gets a message is what the flags say", () => {
  test("flag 0: every member but the sender", () => {
    const { send, got } = group(undefined);
    send("a");
    expect(got()).toEqual(["b", "c"]);
  });

  test("loop back: the sender too", () => {
    const { send, got } = group(decodeFlags(0x80));
    send("a");
    expect(got()).toEqual(["a", "b", "c"]);
  });

  test("one in turn: the turn goes round and is kept between messages", () => {
    const { send, got } = group(flagPresets.hunt_group);
    for (let index = 0; index < 4; index += 1) send("a");
    expect(got()).toEqual(["b", "c", "b", "c"]);
  });

  test("one in turn: the turn goes on behind a member who has left", () => {
    const { world, send, got } = group(flagPresets.hunt_group);
    send("a");
    run(world, "groupeditmembers", { gid: GID, members: ["b"], permissions: {}, remove: true });
    send("a");
    expect(got()).toEqual(["b", "c"]);
  });

  test("a public room: somebody who is no member", () => {
    const { send, got } = group(flagPresets.public_room);
    send("outsider");
    expect(got()).toEqual(["a", "b", "c"]);
  });
});

describe("a message is refused, and nobody gets it", () => {
  const refused = (flags: GroupFlags | undefined, from: string, change: object = {}) => {
    const { world } = group(flags);
    run(world, "groupset", { gid: GID, ...change });
    const refusal = refusalOf(world, "message", { from, to: [], gid: GID, text: "" });
    expect(world.deliveries).toEqual([]);
    return refusal;
  };

  test("from somebody who is no member", () => {
    expect(refused(undefined, "outsider")).toEqual({ error: "NOTMEMBER", code: 403, properties: ["from"] });
  });
  test("from a member who is not selected", () => {
    expect(refused(flagPresets.broadcast, "a")).toEqual({
      error: "PERMISSION",
      code: 403,
      properties: ["from"],
    });
  });
  test("to a group that is not active", () => {
    expect(refused(undefined, "a", { active: false })).toEqual({
      error: "GROUPPAUSED",
      code: 403,
      properties: ["gid"],
    });
  });
  test("from nobody whom the app knows", () => {
    expect(refused(undefined, "ghost")).toEqual({ error: "BADUSER", code: 404, properties: ["from"] });
  });
  test("to a group that is not, to a user who is not, and to nobody", () => {
    const world = worldOf("a");
    const message = { from: "a", to: [], text: "" };
    expect(refusalOf(world, "message", { ...message, gid: 7 })).toMatchObject({ error: "BADGROUP" });
    expect(refusalOf(world, "message", { ...message, to: ["ghost"] })).toMatchObject({
      error: "BADUSER",
      properties: ["to"],
    });
    expect(refusalOf(world, "message", message)).toMatchObject({
      error: "MISSINGPARA",
      properties: ["to", "gid"],
    });
  });
});

describe("storing", () => {
  const stored = (flags: GroupFlags | undefined, flag?: number) => {
    const { world, send } = group(flags);
    send("a", { flag });
    return world.deliveries.map((delivery) => delivery.stored);
  };
  test("a message is stored unless the group or the message says not to", () => {
    expect(stored(undefined)).toEqual([true, true]);
    expect(stored(decodeFlags(0x40))).toEqual([false, false]);
    expect(stored(undefined, 4)).toEqual([false, false]);
  });
});

test("a message to users goes to each of them but the sender, and forced makes those who are not", () => {
  const world = worldOf("a");
  expect(run(world, "message", { from: "new", to: ["a", "b", "new"], text: "hi", forced: true })).toEqual({
    mid: 1,
  });
  expect(world.deliveries).toEqual(
    ["a", "b"].map((to) => ({
      mid: 1,
      from: "new",
      to,
      gid: undefined,
      text: "hi",
      at: NOW,
      stored: true,
      state: "waiting",
    })),
  );
  expect([...world.uids.keys()]).toEqual(["a", "new", "b"]);
});

test("each message pushes the expiry by the extension", () => {
  const { world, send } = group(undefined, { expiry: 100, expiryext: 60 });
  send("a", {}, NOW + 90);
  expect(run(world, "groupsget", {}, NOW + 90).groups[0]?.expiry).toBe(70);
});

test("a world remembers at most 10,000 deliveries, and the latest ones", () => {
  const { world, send } = group(undefined);
  for (let index = 0; index < 5_100; index += 1) send("a");
  expect(world.deliveries.length).toBeLessThanOrEqual(10_000);
  expect(world.deliveries.at(-1)?.mid).toBe(5_100);
});
