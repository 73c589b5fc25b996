import { describe, expect, test } from "vitest";
import { forkWorld } from "../../src/engine/fork.ts";
import { createMock, demoSeed, type Mock } from "../../src/index.ts";
import { seededWorld } from "../../src/seed.ts";
import { control } from "../support/control.ts";
import { NOW, plainWorld, run } from "../support/worlds.ts";

const seed = { users: ["a", "b"], groups: [{ name: "Seeded", flags: "0x1", members: ["a"] }] };

const add = async (mock: Mock, token: string, name: string): Promise<void> => {
  await mock.fetch(`${mock.url}?op=groupadd&token=${token}&name=${name}`, {});
};

async function namesIn(mock: Mock, token: string): Promise<readonly string[]> {
  const { json } = await control(mock, "GET", `/worlds/${token}/state`);
  return (json as { readonly groups: readonly { readonly name: string }[] }).groups.map(({ name }) => name);
}

describe("PUT makes a world, in place of what is there", () => {
  test("with a seed, whose gids and flags are those of a new world", async () => {
    const mock = createMock();
    await add(mock, "one-world", "Old");
    const made = await control(mock, "PUT", "/worlds/one-world", { seed });
    expect(made).toMatchObject({
      status: 201,
      json: { token: "on…ld", users: 2, groups: 1, requests: 0 },
    });
    expect((await control(mock, "GET", "/worlds/one-world/state")).json).toMatchObject({
      users: [{ address: "a" }, { address: "b" }],
      groups: [{ gid: 102529, name: "Seeded", flag: 1, members: [{ address: "a" }] }],
    });
  });

  test.each([
    ["demo", ["News", "Support", "Team", "Lobby"]],
    ["none", []],
  ])("with the seed %s by name, and a reset goes back to it", async (name, expected) => {
    const mock = createMock({ seed: { users: [], groups: [{ name: "Default" }] } });
    await control(mock, "PUT", "/worlds/w", { seed: name });
    await add(mock, "w", "New");
    expect((await control(mock, "POST", "/worlds/w/reset")).json).toMatchObject({ requests: 0 });
    expect(await namesIn(mock, "w")).toEqual(expected);
  });

  test("without a body as new worlds are", async () => {
    const mock = createMock({ seed: { users: [], groups: [{ name: "Default" }] } });
    await add(mock, "w", "New");
    expect((await control(mock, "PUT", "/worlds/w")).status).toBe(201);
    expect(await namesIn(mock, "w")).toEqual(["Default"]);
  });

  test("as a fork, which goes on by itself and resets to its parent's seed", async () => {
    const mock = createMock();
    await control(mock, "PUT", "/worlds/parent", { seed });
    await add(mock, "parent", "Before");
    await control(mock, "PATCH", "/worlds/parent/clock", { now: NOW, frozen: true });
    const { status, json } = await control(mock, "PUT", "/worlds/child", { from: "parent" });
    expect({ status, json }).toMatchObject({
      status: 201,
      json: { users: 2, groups: 2, requests: 0, now: NOW },
    });
    await add(mock, "parent", "Parent");
    await add(mock, "child", "Child");
    expect([await namesIn(mock, "parent"), await namesIn(mock, "child")]).toEqual([
      ["Seeded", "Before", "Parent"],
      ["Seeded", "Before", "Child"],
    ]);
    await control(mock, "POST", "/worlds/child/reset");
    expect(await namesIn(mock, "child")).toEqual(["Seeded"]);
  });

  test("as a fork of a world that is there: a misspelt token makes none", async () => {
    const mock = createMock();
    await control(mock, "PUT", "/worlds/parent", {});
    for (const [method, path, body] of [
      ["PUT", "/worlds/child", { from: "praent" }],
      ["GET", "/worlds/parent/diff?with=praent", undefined],
    ] as const)
      expect(await control(mock, method, path, body)).toMatchObject({
        status: 404,
        json: { type: "urn:mesibo-mock:problem:unknown-world" },
      });
    expect((await control(mock, "GET", "/worlds")).json).toMatchObject({ worlds: [{ id: 1 }] });
  });

  test("not both from and seed", async () => {
    expect(await control(createMock(), "PUT", "/worlds/w", { from: "x", seed: "demo" })).toMatchObject({
      status: 400,
      json: { detail: "body: takes from or seed, not both." },
    });
  });
});

test("groups whose time is over are nowhere counted, listed or compared, and looking changes nothing", async () => {
  const mock = createMock({ seed: demoSeed });
  await control(mock, "PUT", "/worlds/empty", { seed: "none" });
  mock.world("late").clock.advance(400 * 86_400);
  const looked = async () => {
    const get = (path: string) => control(mock, "GET", path);
    const state = await get("/worlds/late/state");
    const worlds = await get("/worlds");
    const metrics = await get("/metrics");
    const diff = await get("/worlds/late/diff?with=empty");
    return {
      state: (state.json as { groups: unknown[] }).groups.length,
      worlds: (worlds.json as { worlds: { groups: number }[] }).worlds.map(({ groups }) => groups),
      metrics: /mesibo_mock_groups\{world="2"\} (\d+)/.exec(metrics.text)?.[1],
      diff: (diff.json as { groups: { only_a: unknown[] } }).groups.only_a,
      handle: mock.world("late").groups(),
    };
  };
  const none = { state: 0, worlds: [0, 0], metrics: "0", diff: [], handle: [] };
  const before = mock.world("late").snapshot();
  expect(await looked()).toEqual(none);
  expect(mock.world("late").snapshot().groups).toEqual(before.groups);
});

test("a world that is made anew stands last in the list", async () => {
  const mock = createMock();
  for (const token of ["one", "two", "three"]) mock.world(token);
  await control(mock, "PUT", "/worlds/one", {});
  expect((await control(mock, "GET", "/worlds")).json).toMatchObject({
    worlds: [{ id: 2 }, { id: 3 }, { id: 4 }],
  });
});

test("a clock is set and moved within 1970 to 9999, or not at all", async () => {
  const mock = createMock({ now: () => NOW });
  for (const body of [{ advance_seconds: -NOW - 1 }, { now: 253_402_300_799, advance_seconds: 1 }])
    expect(await control(mock, "PATCH", "/worlds/w/clock", body)).toMatchObject({
      status: 400,
      json: { type: "urn:mesibo-mock:problem:validation" },
    });
  expect(mock.world("w").clock.now()).toBe(NOW);
});

describe("POST seed adds to what is there", () => {
  test("users and groups after those that the world has", async () => {
    const mock = createMock();
    await add(mock, "w", "First");
    expect((await control(mock, "POST", "/worlds/w/seed", seed)).json).toMatchObject({ users: 2, groups: 2 });
    expect(await namesIn(mock, "w")).toEqual(["First", "Seeded"]);
  });

  test.each([
    [
      "a member who is no user",
      { users: ["new"], groups: [{ name: "G", members: ["new", "ghost"] }] },
      "ghost",
    ],
    ["an address that is too long", { users: ["new", "x".repeat(64)], groups: [] }, "x".repeat(64)],
  ])("all or nothing: %s changes nothing, in a known world or a new one", async (_, wrong, named) => {
    const mock = createMock();
    await control(mock, "PUT", "/worlds/w", { seed });
    const before = (await control(mock, "GET", "/worlds/w/snapshot")).json;
    for (const [method, path, body] of [
      ["POST", "/worlds/w/seed", wrong],
      ["PUT", "/worlds/w", { seed: wrong }],
    ] as const) {
      const { status, json } = await control(mock, method, path, body);
      expect({ status, json }).toMatchObject({
        status: 422,
        json: { type: "urn:mesibo-mock:problem:seed-refused" },
      });
      expect((json as { readonly detail: string }).detail).toContain(JSON.stringify(named));
    }
    expect((await control(mock, "GET", "/worlds/w/snapshot")).json).toEqual(before);
  });

  test("flags that contradict JSON's types are refused before anything is read", async () => {
    const answer = await control(createMock(), "POST", "/worlds/w/seed", {
      groups: [{ name: "G", flags: "nonsense" }],
    });
    expect(answer).toMatchObject({ status: 400, json: { type: "urn:mesibo-mock:problem:validation" } });
  });
});

describe("the list of worlds", () => {
  test("names those that somebody asked for, in their order, with ids that are never used twice", async () => {
    const mock = createMock();
    for (const token of ["first-world", "second-world"]) await add(mock, token, "G");
    const list = async () =>
      (
        (await control(mock, "GET", "/worlds")).json as {
          readonly worlds: readonly { readonly id: number; readonly token: string }[];
        }
      ).worlds.map(({ id, token }) => [id, token]);
    expect(await list()).toEqual([
      [1, "fi…ld"],
      [2, "se…ld"],
    ]);
    expect((await control(mock, "DELETE", "/worlds/first-world")).status).toBe(204);
    expect((await control(mock, "DELETE", "/worlds/first-world")).status).toBe(204);
    await add(mock, "first-world", "G");
    expect(await list()).toEqual([
      [2, "se…ld"],
      [3, "fi…ld"],
    ]);
  });

  test("a deleted world is new when somebody asks again, its journal too", async () => {
    const mock = createMock({ seed: demoSeed });
    await add(mock, "w", "Extra");
    await control(mock, "DELETE", "/worlds/w");
    expect(await namesIn(mock, "w")).toEqual(["News", "Support", "Team", "Lobby"]);
    expect((await control(mock, "GET", "/worlds/w/requests")).json).toEqual({ count: 0, requests: [] });
  });
});

test("a handle in this process sees what HTTP does to its world, and the reverse", async () => {
  const mock = createMock();
  const world = mock.world("w");
  await control(mock, "PUT", "/worlds/w", { seed });
  expect(world.groups().map(({ name }) => name)).toEqual(["Seeded"]);
  world.fork("copy");
  expect(await namesIn(mock, "copy")).toEqual(["Seeded"]);
  world.reset();
  expect(await namesIn(mock, "w")).toEqual(["Seeded"]);
});

describe("a fork of 100 groups with 100 members each", () => {
  const users = Array.from({ length: 100 }, (_, n) => `u${n}`);
  const members = users.map((address) => ({ address }));
  const groups = Array.from({ length: 100 }, (_, n) => ({ name: `G${n}`, members }));
  const make = () => {
    const parent = seededWorld({ users, groups }, NOW);
    return { parent, child: forkWorld(parent) };
  };

  test("shares every group with its parent: none is copied", () => {
    const { parent, child } = make();
    const copied = [...child.groups].filter(([gid, group]) => parent.groups.get(gid) !== group);
    expect([child.groups.size, copied.length]).toEqual([100, 0]);
  });

  test.each(["parent", "child"] as const)(
    "an edit in the %s copies the one group that it touches",
    (name) => {
      const worlds = make();
      const [edited, other] =
        name === "parent" ? [worlds.parent, worlds.child] : [worlds.child, worlds.parent];
      const before = plainWorld(other);
      const permissions = { send: true, receive: true, publish: true, subscribe: true, list: true };
      for (let n = 0; n < 3; n += 1)
        run(edited, "groupeditmembers", { gid: 102_530, members: ["u1"], permissions, remove: false });
      const copied = [...edited.groups].filter(([gid, group]) => other.groups.get(gid) !== group);
      expect(copied.map(([gid]) => gid)).toEqual([102_530]);
      expect(plainWorld(other)).toEqual(before);
    },
  );
});

test("GET tells which of the listed worlds a token stands for", async () => {
  const mock = createMock({ seed: demoSeed });
  await add(mock, "another", "Other");
  await add(mock, "one-world", "Mine");
  const { json } = await control(mock, "GET", "/worlds/one-world");
  expect(json).toMatchObject({ id: 2, token: "on…ld", users: 6, groups: 5, requests: 1 });
});

test("a world is compared with a snapshot of it, and no world is made for that", async () => {
  const mock = createMock({ seed: demoSeed, tokens: ["w"] });
  const before = (await control(mock, "GET", "/worlds/w/snapshot")).json;
  const same = await control(mock, "POST", "/worlds/w/diff", before);
  expect(same).toMatchObject({ status: 200, json: { same: true } });
  await add(mock, "w", "New");
  const changed = await control(mock, "POST", "/worlds/w/diff", before);
  expect(changed.json).toMatchObject({ same: false, groups: { only_a: [102533], only_b: [] } });
  expect((await control(mock, "GET", "/worlds")).json).toMatchObject({ worlds: [{ id: 1 }] });
  const wrong = await control(mock, "POST", "/worlds/w/diff", { format: "else" });
  expect(wrong).toMatchObject({
    status: 422,
    json: { detail: expect.stringContaining("cannot be compared") },
  });
});
