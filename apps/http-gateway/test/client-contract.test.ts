import {
  allPermissions,
  createClient,
  decodeFlags,
  flagPresets,
  MembersError,
  MesiboError,
  noPermissions,
  UnknownOutcomeError,
  type Client,
  type FetchLike,
} from "@mesibo-groups/core";
import { createMock } from "@mesibo-groups/mock-server";
import { describe, expect, test } from "vitest";
import {
  answering,
  cut,
  failing,
  gatewayOverFetch,
  gatewayOverMock,
  KEY,
  seed,
  TOKEN,
  type TestGateway,
} from "./support/gateway.ts";
import { gatewayWithKey } from "./support/keys.ts";

const url = "http://127.0.0.1";

/** A client of a gateway in this process. */
const clientOf = (gateway: Pick<TestGateway, "request">, key = KEY): Client =>
  createClient({ gateway: { url, key }, fetch: gateway.request, retries: 0 });

/** The two ways to the same groups. */
const ways = [
  {
    name: "directly",
    open: (users: readonly string[] = []) => {
      const mock = createMock({
        seed: { ...seed, users: [...(seed.users ?? []), ...users] },
        tokens: [TOKEN],
      });
      return createClient({ token: TOKEN, url: mock.url, fetch: mock.fetch });
    },
    over: (fetch: FetchLike) => createClient({ token: TOKEN, url: "http://mesibo.test/", fetch, retries: 0 }),
  },
  {
    name: "through a gateway",
    open: (users: readonly string[] = []) => clientOf(gatewayOverMock({}, {}, users)),
    over: (fetch: FetchLike) => clientOf(gatewayOverFetch(fetch)),
  },
] as const;

const failureOf = async (promise: Promise<unknown>): Promise<MesiboError> => {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (error instanceof MesiboError) return error;
  throw new Error("no MesiboError", { cause: error });
};

describe.each(ways)("a client $name", ({ open, over }) => {
  test("creates, lists, changes and deletes a group", async () => {
    const client = open();
    const flags = flagPresets.broadcast;
    const { gid } = await client.groups.create({ name: "New", flags, expiry: 3600, expiryext: 60 });
    const find = async () =>
      (await client.groups.list({ count: 99 })).groups.find((group) => group.gid === gid);
    const { expiry = 0, ...group } = (await find()) ?? {};
    expect(group).toEqual({ gid, name: "New", flags, expiryext: 60, active: true, pinned: false });
    expect(expiry).toBeGreaterThan(0);

    const other = decodeFlags(0x91);
    await client.groups.edit({ gid, name: "Newer", flags: other, active: false });
    expect(await find()).toMatchObject({ name: "Newer", flags: other, active: false });
    await client.groups.delete(gid);
    expect(await find()).toBeUndefined();
  });

  test("lists as many groups as asked for, and tells how many there are", async () => {
    const client = open();
    const { groups, ...counts } = await client.groups.list({ count: 1 });
    expect([groups.map(({ name }) => name), counts]).toEqual([["News"], { count: 1, groupscount: 2 }]);
    expect((await client.groups.list({ pattern: "Te*" })).groups.map(({ name }) => name)).toEqual(["Team"]);
  });

  test("adds, lists and removes members, each with its own outcome", async () => {
    const client = open();
    const members = async () =>
      (await client.members.list({ gid: 102530 })).map(({ address, permissions }) => ({
        address,
        permissions,
      }));
    const addresses = ["alice", "dave/ops", "carol"];
    const { done } = await client.members.add({ gid: 102530, addresses, permissions: allPermissions });
    expect(done).toEqual(addresses);
    expect((await members()).toSorted((one, other) => one.address.localeCompare(other.address))).toEqual(
      ["alice", "carol", "dave/ops"].map((address) => ({ address, permissions: allPermissions })),
    );
    await client.members.remove({ gid: 102530, addresses: ["alice", "dave/ops"] });
    expect((await members()).map(({ address }) => address)).toEqual(["carol"]);
  });

  test("names the addresses that are no users, and does the others", async () => {
    const addresses = ["alice", "nobody", "bob", "none"];
    const error = await failureOf(open().members.add({ gid: 102530, addresses, permissions: noPermissions }));
    if (!(error instanceof MembersError)) throw error;
    const { done, refused, unknown, notSent } = error.report;
    expect([[...done].toSorted(), refused.map(({ address }) => address), unknown, notSent]).toEqual([
      ["alice", "bob"],
      ["nobody", "none"],
      [],
      [],
    ]);
    expect(refused.map(({ error }) => error.outcome)).toEqual(["refused", "refused"]);
  });

  test("tells progress and outcomes of a long list alike", async () => {
    const known = Array.from({ length: 250 }, (_, index) => `user${index}`);
    const addresses = known.toSpliced(20, 0, "nobody").toSpliced(120, 0, "none", "neither");
    const told: unknown[] = [];
    const adding = open(known).members.add(
      { gid: 102530, addresses, permissions: allPermissions },
      { onProgress: ({ done, refused, calls }) => told.push([done, refused, calls]) },
    );
    const error = await failureOf(adding);
    if (!(error instanceof MembersError)) throw error;
    const { done, refused, unknown, notSent, calls } = error.report;
    expect([done.toSorted(), refused.map(({ address }) => address), unknown, notSent]).toEqual([
      known.toSorted(),
      ["nobody", "none", "neither"],
      [],
      [],
    ]);
    expect(told.at(-1)).toEqual([250, 3, calls]);
    expect(calls).toBeLessThan(40);
  });

  test.each([
    [
      "an empty name",
      (client: Client) => client.groups.edit({ gid: 102529, name: "" }),
      "validation",
      "name",
    ],
    [
      "a comma in an address",
      (client: Client) => client.members.remove({ gid: 102529, addresses: ["a,b"] }),
      "validation",
      'members "a,b"',
    ],
  ])("refuses %s before anything is sent", async (_, act, kind, field) => {
    expect(await failureOf(act(open()))).toMatchObject({ kind, field, sent: "no", outcome: "not_sent" });
  });

  test("a group that is not there is refused", async () => {
    expect(await failureOf(open().groups.edit({ gid: 99, name: "x" }))).toMatchObject({
      kind: "refused",
      outcome: "refused",
    });
  });

  test.each([
    ["no connection", failing("ECONNREFUSED"), { kind: "not_sent", outcome: "not_sent", sent: "no" }],
    ["a cut answer", cut, { kind: "unknown", outcome: "unknown" }],
    ["a reset", failing("ECONNRESET"), { kind: "unknown", outcome: "unknown" }],
    ["another's answer", answering("<html>"), { kind: "protocol", outcome: "unknown" }],
    [
      "a refusal",
      answering({ result: false, error: "NOTTODAY", code: 418, op: "groupadd" }),
      { kind: "refused", outcome: "refused", refusal: { error: "NOTTODAY", code: 418 } },
    ],
    [
      "a refused token",
      answering({ result: false, error: "AUTHFAIL", code: 401, op: "groupadd" }),
      { kind: "auth", outcome: "refused", refusal: { error: "AUTHFAIL", code: 401 } },
    ],
    [
      "a disabled app",
      answering({ result: false, error: "TOKENBREACH", code: 401, op: "groupadd" }),
      { kind: "breach", outcome: "refused", refusal: { error: "TOKENBREACH", code: 401 } },
    ],
  ])("%s is told as it is, for a create and for a change", async (_, fetch, told) => {
    expect(await failureOf(over(fetch).groups.create({ name: "x" }))).toMatchObject(told);
    expect(await failureOf(over(fetch).groups.edit({ gid: 20, name: "x" }))).toMatchObject(told);
  });

  test("after a disabled app nothing is sent any more", async () => {
    const breach = answering({ result: false, error: "TOKENBREACH", code: 401, op: "groupadd" });
    let sent = 0;
    const client = over((target, init) => ((sent += 1), breach(target, init)));
    await failureOf(client.groups.create({ name: "x" }));
    expect(await failureOf(client.groups.create({ name: "x" }))).toMatchObject({
      kind: "latched",
      sent: "no",
      outcome: "not_sent",
    });
    expect(sent).toBe(1);
  });
});

describe("a client through a gateway", () => {
  test("an unknown outcome leads to the operation that the gateway keeps", async () => {
    const gateway = gatewayOverFetch(cut);
    const error = await failureOf(clientOf(gateway).groups.create({ name: "x" }));
    if (!(error instanceof UnknownOutcomeError) || error.operation === undefined) throw error;
    expect((await gateway.ask(error.operation)).json).toMatchObject({
      kind: "create_group",
      state: "unknown",
    });
  });

  test("a create whose answer is lost is made once", async () => {
    const gateway = gatewayOverMock();
    let lost = 0;
    const losing: FetchLike = async (target, init) => {
      const response = await gateway.request(target, init);
      lost += 1;
      if (lost === 1) throw new TypeError("fetch failed", { cause: { code: "ECONNRESET" } });
      return response;
    };
    const before = (await gateway.engine(), gateway.mock.world().groups().length);
    const client = createClient({ gateway: { url, key: KEY }, fetch: losing });
    const { gid } = await client.groups.create({ name: "Once" });
    const groups = gateway.mock.world().groups();
    expect([groups.length - before, groups.at(-1)?.gid, lost]).toEqual([1, gid, 2]);
  });

  test("a create with the caller's own key is the same one later", async () => {
    const client = clientOf(gatewayOverMock());
    const create = () => client.groups.create({ name: "x" }, { idempotencyKey: "mine" });
    expect(await create()).toEqual(await create());
  });

  test("a key that is refused stops the client; one without the scope does not", async () => {
    const { request, key } = await gatewayWithKey({ scopes: ["groups:read"], groups: { gids: [102529] } });
    const client = clientOf({ request }, key);
    expect((await client.groups.list()).groups.map(({ gid }) => gid)).toEqual([102529]);
    expect(await failureOf(client.groups.delete(102529))).toMatchObject({
      kind: "refused",
      refusal: { error: "insufficient-scope", code: 403 },
    });
    expect(client.latched()).toBeUndefined();

    const stranger = clientOf({ request }, "mgk_none");
    const error = await failureOf(stranger.groups.list());
    expect(error).toMatchObject({ kind: "auth", refusal: { error: "unauthenticated", code: 401 } });
    expect(error.message).not.toContain("mgk_none");
    expect(stranger.latched()).toBe(error);
    expect(await failureOf(stranger.groups.list())).toMatchObject({ kind: "latched", outcome: "not_sent" });
  });
});
