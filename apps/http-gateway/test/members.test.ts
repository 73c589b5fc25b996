import { describe, expect, test } from "vitest";
import { answering, gatewayOverFetch, gatewayOverMock, NOW, problemIn } from "./support/gateway.ts";

const all = { send: true, receive: true, publish: true, subscribe: true, list: true };
const none = { send: false, receive: false, publish: false, subscribe: false, list: false };
const members = "/v1/groups/102529/members";
const known = {
  gid: 102529,
  source: "imported",
  observed_at: new Date(NOW * 1000).toISOString(),
  version: 1,
};
const set = { ...known, source: "set" };

describe("listing members", () => {
  test("answers them with all five permissions, by address", async () => {
    expect((await gatewayOverMock().ask(members)).json).toEqual({
      items: [
        { ...known, address: "alice", permissions: all },
        { ...known, address: "bob", permissions: { ...none, receive: true } },
      ],
      next_cursor: null,
    });
  });

  test("goes on behind a page with its cursor", async () => {
    const { ask } = gatewayOverMock();
    const first = (await ask(`${members}?limit=1`)).json as { next_cursor: string };
    expect(first).toMatchObject({ items: [{ address: "alice" }] });
    const second = (await ask(`${members}?limit=1&cursor=${first.next_cursor}`)).json;
    expect(second).toMatchObject({ items: [{ address: "bob" }], next_cursor: null });
  });

  test("an unknown group is 404", async () => {
    expect(problemIn(await gatewayOverMock().ask("/v1/groups/99/members"))).toMatchObject({
      type: "/problems/group-not-known",
    });
  });
});

describe("reading a member", () => {
  test("answers them with their version", async () => {
    const { ask } = gatewayOverMock();
    const answer = await ask(`${members}/alice`);
    expect([answer.json, answer.headers.get("etag")]).toEqual([
      { ...known, address: "alice", permissions: all },
      '"1"',
    ]);
    expect((await ask(`${members}/alice`, { headers: { "if-none-match": '"1"' } })).status).toBe(304);
  });

  test("somebody who is none is 404, and so is the group", async () => {
    const { ask } = gatewayOverMock();
    expect(problemIn(await ask(`${members}/carol`)).type).toBe("/problems/member-not-known");
    expect(problemIn(await ask("/v1/groups/99/members/carol")).type).toBe("/problems/group-not-known");
  });
});

describe("putting a member", () => {
  test("adds one, and changes the permissions of one", async () => {
    const { ask } = gatewayOverMock();
    const put = (permissions: object) => ask(`${members}/carol`, { method: "PUT", body: { permissions } });
    const added = await put(none);
    expect([added.status, added.json, added.headers.get("location")]).toEqual([
      201,
      { ...set, address: "carol", permissions: none },
      `${members}/carol`,
    ]);
    const permissions = { ...none, list: true };
    const changed = await put(permissions);
    expect([changed.status, changed.json, changed.headers.get("etag")]).toEqual([
      200,
      { ...set, address: "carol", permissions, version: 2 },
      '"2"',
    ]);
    expect((await ask(members)).json).toMatchObject({
      items: [{}, {}, { address: "carol", permissions }],
    });
  });

  test("takes an address with a slash, percent-encoded", async () => {
    const { ask, mock } = gatewayOverMock();
    const answer = await ask(`${members}/dave%2Fops`, { method: "PUT", body: { permissions: all } });
    expect(answer.json).toEqual({ ...set, address: "dave/ops", permissions: all });
    expect(
      mock
        .world()
        .groups()[0]
        ?.members.map(({ address }) => address),
    ).toContain("dave/ops");
  });

  test("an address that is no user is 422, and says what mesibo said", async () => {
    const answer = await gatewayOverMock().ask(`${members}/nobody`, {
      method: "PUT",
      body: { permissions: all },
    });
    expect(answer.status).toBe(422);
    expect(problemIn(answer)).toEqual({
      type: "/problems/upstream-refused",
      title: "mesibo refused",
      status: 422,
      detail:
        "mesibo refused groupeditmembers (BADUSER: You can only add valid users; not known here: nobody); nothing was done.",
      instance: answer.headers.get("x-request-id"),
      retryable: false,
      sent: "yes",
      upstream: {
        op: "groupeditmembers",
        error: "BADUSER",
        code: 404,
        cause: "You can only add valid users; not known here: nobody",
        properties: ["m"],
      },
      operation: expect.stringMatching(/^\/v1\/operations\/op_[0-9A-Z]{26}$/),
    });
  });

  test("is not done where If-Match names another version, or nobody is there", async () => {
    const { ask, mock } = gatewayOverMock();
    const body = { permissions: none };
    const headers = { "if-match": '"2"' };
    expect(problemIn(await ask(`${members}/alice`, { method: "PUT", body, headers })).status).toBe(412);
    expect(problemIn(await ask(`${members}/carol`, { method: "PUT", body, headers })).status).toBe(404);
    expect(mock.world().groups()[0]?.members).toHaveLength(2);
  });

  test.each(Object.keys(all))("refuses permissions without %s", async (name) => {
    const permissions = Object.fromEntries(Object.entries(all).filter(([key]) => key !== name));
    const answer = await gatewayOverMock().ask(`${members}/carol`, { method: "PUT", body: { permissions } });
    expect(problemIn(answer).errors).toEqual([
      {
        in: "body",
        pointer: `/permissions/${name}`,
        code: "missing",
        detail: `permissions.${name} is missing: give true or false.`,
      },
    ]);
  });

  test.each([
    ["a%2Cb", "an address without a comma, because mesibo lists addresses with commas", "a,b"],
    ["a%0D%0Ab", "an address without control characters", "a\r\nb"],
    ["%20a", "an address without spaces around it", " a"],
    ["é".repeat(32), "an address of at most 63 bytes in UTF-8", "é".repeat(32)],
  ])("refuses the address %s before anybody is called", async (written, expected, address) => {
    const { ask, sent } = gatewayOverFetch(answering({ result: true }));
    for (const [method, body] of [
      ["PUT", { permissions: all }],
      ["DELETE", undefined],
    ] as const) {
      const answer = await ask(`${members}/${written}`, { method, body });
      expect(problemIn(answer).errors).toEqual([
        {
          in: "path",
          pointer: "/address",
          code: "invalid_value",
          detail: `address must be ${expected}, not ${JSON.stringify(address)}.`,
        },
      ]);
    }
    expect(sent()).toBe(0);
  });
});

describe("removing a member", () => {
  test("answers 204, also for somebody who is none", async () => {
    const { ask, mock } = gatewayOverMock();
    for (const address of ["bob", "bob", "nobody"]) {
      const answer = await ask(`${members}/${address}`, { method: "DELETE" });
      expect({ status: answer.status, text: answer.text }).toEqual({ status: 204, text: "" });
    }
    expect(mock.world().groups()[0]?.members).toEqual([{ address: "alice", permissions: all }]);
  });

  test.each(["..", "%2e%2e", ".", "%2e", ""])(
    "%j for an address never deletes the group",
    async (address) => {
      const { ask, mock } = gatewayOverMock();
      expect((await ask(`${members}/${address}`, { method: "DELETE" })).status).toBeGreaterThanOrEqual(404);
      expect(mock.world().groups()).toHaveLength(2);
    },
  );
});
