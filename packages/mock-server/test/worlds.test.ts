import { createClient, flagPresets, RefusedError } from "@mesibo-groups/core";
import { describe, expect, test } from "vitest";
import { createMock, demoSeed, startMock } from "../src/index.ts";
import { createAgent, sendRaw } from "./support/raw.ts";
import { clientOf } from "./support/worlds.ts";

describe("an app token is a world", () => {
  test("any token works and starts empty, and worlds do not meet", async () => {
    const mock = createMock();
    const [one, two] = ["one", "two"].map((token) => clientOf(mock, "json", token));
    await one?.users.create({ address: "a" });
    expect((await one?.groups.create({ name: "A" }))?.gid).toBe(102529);
    expect((await two?.groups.create({ name: "B" }))?.gid).toBe(102529);
    expect(mock.world("one").users()).toEqual(["a"]);
    expect(mock.world("two").users()).toEqual([]);
    expect(
      mock
        .world("two")
        .groups()
        .map(({ name }) => name),
    ).toEqual(["B"]);
  });

  test("with known tokens another one is refused, and the first is the mock's own", async () => {
    const mock = createMock({ tokens: ["known", "other"] });
    expect(mock.token).toBe("known");
    await expect(clientOf(mock, "json", "wrong").groups.create({})).rejects.toMatchObject({
      kind: "auth",
      outcome: "refused",
      refusal: { error: "AUTHFAIL", code: 401, properties: ["token"] },
    });
    expect(() => mock.world("wrong")).toThrow("does not know the token");
  });

  test("no known token at all is a mistake that is named", () => {
    expect(() => createMock({ tokens: [] })).toThrow(
      "createMock: tokens must name at least one app token, or be left out to take any.",
    );
  });

  test("a token of more than 256 characters is none", async () => {
    const mock = createMock();
    const answer = await mock.fetch(`${mock.url}?op=groupadd&token=${"t".repeat(257)}`, {});
    expect(await answer.json()).toMatchObject({ error: "AUTHFAIL" });
  });
});

describe("reset", () => {
  test("one world back to its seed, and the others stay", async () => {
    const mock = createMock({ seed: { users: ["a"], groups: [{ name: "Seeded" }] } });
    for (const token of ["one", "two"]) await clientOf(mock, "json", token).groups.create({ name: "New" });
    mock.world("one").reset();
    const names = (token: string) =>
      mock
        .world(token)
        .groups()
        .map(({ name }) => name);
    expect(names("one")).toEqual(["Seeded"]);
    expect(names("two")).toEqual(["Seeded", "New"]);
    mock.reset();
    expect(names("two")).toEqual(["Seeded"]);
  });
});

test("a fork starts as its parent is, and both go on by themselves", async () => {
  const mock = createMock({ seed: demoSeed });
  await clientOf(mock).groups.create({ name: "Before" });
  const fork = mock.world().fork("fork");
  await clientOf(mock).groups.create({ name: "Parent's" });
  await clientOf(mock, "json", "fork").groups.create({ name: "Fork's" });
  const last = (names: readonly { name: string }[]) => names.map(({ name }) => name).slice(4);
  expect(last(mock.world().groups())).toEqual(["Before", "Parent's"]);
  expect(last(fork.groups())).toEqual(["Before", "Fork's"]);
});

describe("a world's clock", () => {
  test("advanced past a group's expiry, the group is gone, and stays so when it is set back", async () => {
    const mock = createMock({ now: () => 1_000 });
    const client = clientOf(mock);
    const { clock } = mock.world();
    const { gid } = await client.groups.create({ expiry: 60 });
    clock.advance(59);
    expect((await client.groups.list()).groups).toMatchObject([{ gid, expiry: 1 }]);
    clock.set(1_001);
    expect((await client.groups.list()).groups).toMatchObject([{ gid, expiry: 59 }]);
    clock.advance(59);
    const late = () => client.groups.edit({ gid, name: "late" });
    clock.set(1_001);
    await expect(late()).rejects.toMatchObject({ refusal: { error: "BADGROUP" } });
  });

  test("shows whole seconds, whatever the system's clock and whatever it was set to", async () => {
    const mock = createMock({ now: () => 1_000.75, seed: demoSeed });
    const { clock } = mock.world();
    expect([clock.now(), clock.ahead()]).toEqual([1_000, 0]);
    clock.advance(0.5);
    expect(clock.now()).toBe(1_000);
    clock.freeze();
    clock.set(2_000.9);
    expect([clock.now(), clock.ahead()]).toEqual([2_000, 1_000]);
    expect((await clientOf(mock).groups.list()).groups).toHaveLength(4);
  });

  test("tells how far ahead it is, also while it stands still and the system's goes on", () => {
    let system = 100;
    const { clock } = createMock({ now: () => system }).world();
    clock.freeze();
    system = 103;
    expect(clock.ahead()).toBe(-3);
  });

  test("frozen it stands still, released it goes on from there, reset it is the system's", () => {
    let system = 100;
    const mock = createMock({ now: () => system });
    const { clock, reset } = mock.world();
    clock.freeze();
    system = 150;
    expect(clock.now()).toBe(100);
    clock.advance(5);
    expect([clock.now(), clock.frozen(), mock.world().fork("f").clock.frozen()]).toEqual([105, true, true]);
    clock.release();
    system = 160;
    expect(clock.now()).toBe(115);
    reset();
    expect(clock.now()).toBe(160);
  });

  test("is the world's own: another world's time goes on, and a fork starts with its parent's", () => {
    const mock = createMock({ now: () => 100 });
    mock.world().clock.advance(10);
    expect(mock.world("other").clock.now()).toBe(100);
    const fork = mock.world().fork("fork");
    mock.world().clock.advance(1);
    expect([mock.world().clock.now(), fork.clock.now()]).toEqual([111, 110]);
  });
});

describe("a seed", () => {
  test("the demo team has a group of each kind, and each world its own copy", () => {
    const mock = createMock({ seed: demoSeed });
    expect(
      mock
        .world()
        .groups()
        .map(({ gid, name, members }) => [gid, name, members.length]),
    ).toEqual([
      [102529, "News", 4],
      [102530, "Support", 3],
      [102531, "Team", 3],
      [102532, "Lobby", 1],
    ]);
  });

  test("that contradicts itself is refused by name", () => {
    const mock = createMock({
      seed: { users: [], groups: [{ name: "G", members: [{ address: "ghost" }] }] },
    });
    expect(() => mock.world()).toThrow('seed: member "ghost" is not among the seed\'s users');
  });
});

describe.each(["json", "form"] as const)("core's client in the %s dialect", (dialect) => {
  test("lives a whole life against the mock in this process", async () => {
    const mock = createMock();
    const client = clientOf(mock, dialect);
    for (const address of ["a", "b"]) await client.users.create({ address, appid: "x" });
    const { gid } = await client.groups.create({
      name: "G & Co, äöü",
      flags: flagPresets.restricted,
      expiry: 3600,
    });
    const permissions = { send: true, receive: true, publish: false, subscribe: false, list: false };
    await client.members.add({ gid, addresses: ["a", "b"], permissions });
    await client.members.remove({ gid, addresses: ["b"] });
    await client.groups.edit({ gid, pinned: true });
    expect(await client.members.list({ gid })).toEqual([{ uid: 1001, address: "a", permissions }]);
    const { groups } = await client.groups.list({ pattern: "G*" });
    expect(groups).toEqual([
      {
        gid,
        name: "G & Co, äöü",
        flags: flagPresets.restricted,
        expiry: expect.closeTo(3600, -1) as number,
        expiryext: 0,
        active: true,
        pinned: true,
      },
    ]);
    expect(await client.send({ from: "a", to: ["b"], text: "hello + you" })).toEqual({ mid: 1 });
    expect(mock.world().deliveries()).toMatchObject([{ from: "a", to: "b", text: "hello + you" }]);
    await client.users.delete({ address: "b" });
    await client.groups.delete(gid);
    await expect(client.groups.delete(gid)).rejects.toBeInstanceOf(RefusedError);
    expect(mock.world().users()).toEqual(["a"]);
  });

  test("does the same over a socket, on every emulated path", async () => {
    const mock = await startMock();
    try {
      const gids = [];
      for (const path of ["/api.php", "/backend", "/backend/", "/mesiboapi"]) {
        const client = createClient({ token: "t", url: new URL(path, mock.url).href, dialect });
        const { uid } = await client.users.create({ address: path, appid: "x" });
        const { gid } = await client.groups.create({ members: [path] });
        expect((await client.members.list({ gid })).map(({ address }) => address)).toEqual([path]);
        expect((await client.users.list({ pattern: path })).users.map((user) => user.uid)).toEqual([uid]);
        gids.push(gid);
      }
      expect(gids).toEqual([102529, 102530, 102531, 102532]);
    } finally {
      await mock.close();
    }
  });
});

test("the mock takes a Request too, as MSW and other runners hand it over", async () => {
  const mock = createMock();
  const request = new Request("http://any.host/backend/", {
    method: "POST",
    body: '{"op":"groupadd","token":"t"}',
  });
  expect(await (await mock.fetch(request)).json()).toEqual({
    group: { gid: 102529 },
    op: "groupadd",
    result: true,
  });
});

test("who gives up while the body still comes is told at once, and nothing has happened", async () => {
  const mock = createMock();
  const stop = new AbortController();
  const body = new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode('{"op":"groupadd",'));
    },
  });
  const request = { method: "POST", body, duplex: "half", signal: stop.signal } as RequestInit;
  const asked = mock.fetch(mock.url, request);
  setImmediate(() => stop.abort());
  await expect(asked).rejects.toMatchObject({ name: "AbortError" });
  expect(mock.world().requests()).toEqual([]);
});

test("presence is true or false", () => {
  const { setOnline } = createMock({ seed: demoSeed }).world();
  expect(() => {
    setOnline("alice@example.com", "yes" as unknown as boolean);
  }).toThrow(new TypeError("setOnline: online must be true or false."));
});

test("closing twice waits for the same end", async () => {
  const mock = await startMock();
  await Promise.all([mock.close(), mock.close()]);
  await expect(mock.close()).resolves.toBeUndefined();
});

test("a request target may be a whole URL, as a proxy gets it", async () => {
  const mock = await startMock();
  const agent = createAgent();
  try {
    const target = `${mock.url}?op=groupadd&token=t&name=News`;
    const { text } = await sendRaw(mock.url, { method: "GET", target }, agent);
    expect(JSON.parse(text)).toMatchObject({ result: true });
  } finally {
    agent.destroy();
    await mock.close();
  }
});

test("a port that is taken is an error of startMock's, not a crash", async () => {
  const mock = await startMock();
  try {
    await expect(startMock({ port: Number(new URL(mock.url).port) })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  } finally {
    await mock.close();
  }
});
