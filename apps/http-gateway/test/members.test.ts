import { describe, expect, test } from "vitest";
import { answering, gatewayOverFetch, gatewayOverMock, problemIn } from "./support/gateway.ts";

const all = { send: true, receive: true, publish: true, subscribe: true, list: true };
const none = { send: false, receive: false, publish: false, subscribe: false, list: false };
const members = "/v1/groups/102529/members";

describe("listing members", () => {
  test("answers them with all five permissions", async () => {
    expect((await gatewayOverMock().ask(members)).json).toEqual({
      items: [
        { address: "alice", permissions: all },
        { address: "bob", permissions: { ...none, receive: true } },
      ],
      next_cursor: null,
      complete: true,
    });
  });

  test("says when it may have been cut", async () => {
    expect((await gatewayOverMock().ask(`${members}?limit=2`)).json).toMatchObject({ complete: false });
    const row = { permissions: { send: 1, recv: 1, pub: 1, sub: 1, list: 1 } };
    const twenty = Array.from({ length: 20 }, (_, index) => ({ ...row, address: `a${index}` }));
    const { ask } = gatewayOverFetch(answering({ members: twenty, result: true }));
    expect((await ask(members)).json).toMatchObject({ complete: false });
  });

  test("an unknown group is 404", async () => {
    expect(problemIn(await gatewayOverMock().ask("/v1/groups/99/members"))).toMatchObject({
      type: "/problems/group-not-found",
      upstream: { op: "groupgetmembers", error: "BADGROUP", code: 404, properties: ["gid"] },
    });
  });
});

describe("putting a member", () => {
  test("adds one, and changes the permissions of one", async () => {
    const { ask } = gatewayOverMock();
    const put = (permissions: object) => ask(`${members}/carol`, { method: "PUT", body: { permissions } });
    const added = await put(none);
    expect({ status: added.status, json: added.json }).toEqual({
      status: 200,
      json: { gid: 102529, address: "carol", permissions: none },
    });
    const changed = { ...none, list: true };
    expect((await put(changed)).json).toEqual({ gid: 102529, address: "carol", permissions: changed });
    expect((await ask(members)).json).toMatchObject({
      items: [{}, {}, { address: "carol", permissions: changed }],
    });
  });

  test("takes an address with a slash, percent-encoded", async () => {
    const { ask, mock } = gatewayOverMock();
    const answer = await ask(`${members}/dave%2Fops`, { method: "PUT", body: { permissions: all } });
    expect(answer.json).toEqual({ gid: 102529, address: "dave/ops", permissions: all });
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
    });
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
