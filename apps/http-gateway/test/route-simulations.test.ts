import { describe, expect, test } from "vitest";
import { gatewayOverMock, problemIn, type TestGateway } from "./support/gateway.ts";

const all = { send: true, receive: true, publish: true, subscribe: true, list: true };

const simulate = ({ ask }: TestGateway, body: unknown, gid = 102529) =>
  ask(`/v1/groups/${gid}/route-simulations`, { method: "POST", body });

/** Group 102530 with alice, bob and carol, and these flags. */
async function teamWith(flags: object) {
  const gateway = gatewayOverMock();
  const path = "/v1/groups/102530";
  await gateway.ask(path, { method: "PATCH", body: { flags } });
  for (const name of ["alice", "bob", "carol"]) {
    await gateway.ask(`${path}/members/${name}`, { method: "PUT", body: { permissions: all } });
  }
  return gateway;
}

const addresses = (json: unknown) =>
  (json as { recipients: { address: string }[] }).recipients.map(({ address }) => address);

describe("a simulated route", () => {
  test("says who would get the message and why, and calls nobody", async () => {
    const gateway = gatewayOverMock();
    await gateway.ask("/livez");
    const calls = gateway.mock.world().requests().length;
    const { status, json } = await simulate(gateway, { sender: "alice", offline: ["bob"] });
    expect({ status, json }).toEqual({
      status: 200,
      json: {
        gid: 102529,
        sender: "alice",
        sender_is_member: true,
        accepted: true,
        recipient_count: 1,
        recipients: [{ address: "bob", outcome: "stored" }],
        last_in_turn: null,
        because: expect.any(Array),
      },
    });
    const { because } = json as { because: { rule: string }[] };
    expect(because.map(({ rule }) => rule)).toEqual([
      "member_selected",
      "member_of_members",
      "sender_excluded",
      "stored",
    ]);
    expect(gateway.mock.world().requests()).toHaveLength(calls);
  });

  test("of somebody who may not send reaches nobody", async () => {
    const { json } = await simulate(gatewayOverMock(), { sender: "bob" });
    expect(json).toMatchObject({
      sender_is_member: true,
      accepted: false,
      recipient_count: 0,
      recipients: [],
      because: [{ rule: "member_not_selected" }],
    });
    const stranger = await simulate(gatewayOverMock(), { sender: "nobody" });
    expect(stranger.json).toMatchObject({
      sender_is_member: false,
      accepted: false,
      because: [{ rule: "not_a_member" }],
    });
  });

  test("of a stranger reaches the members where anyone may send, and what is not stored is missed", async () => {
    const gateway = await teamWith({ send: "anyone", store: false });
    const { json } = await simulate(gateway, { sender: "stranger", offline: ["carol", "elsewhere"] }, 102530);
    expect(json).toMatchObject({
      accepted: true,
      recipients: [
        { address: "alice", outcome: "delivered" },
        { address: "bob", outcome: "delivered" },
        { address: "carol", outcome: "missed" },
      ],
    });
  });

  test("goes round where one receives in turn", async () => {
    const gateway = await teamWith({ receive: "in_turn" });
    const turns: string[] = [];
    let last: string | undefined;
    for (let message = 0; message < 4; message += 1) {
      const { json } = await simulate(gateway, { sender: "alice", last_in_turn: last }, 102530);
      turns.push(...addresses(json));
      last = (json as { last_in_turn: string }).last_in_turn;
    }
    expect(turns).toEqual(["bob", "carol", "bob", "carol"]);
  });

  test("of an inactive group reaches nobody", async () => {
    const gateway = gatewayOverMock();
    await gateway.ask("/v1/groups/102529", { method: "PATCH", body: { active: false } });
    expect((await simulate(gateway, { sender: "alice" })).json).toMatchObject({
      accepted: false,
      because: [{ rule: "group_inactive" }],
    });
  });

  test.each([
    [{}, "/sender"],
    [{ sender: "a,b" }, "/sender"],
    [{ sender: "alice", offline: "bob" }, "/offline"],
    [{ sender: "alice", offline: ["a,b"] }, "/offline/0"],
    [{ sender: "alice", message: "hello" }, "/message"],
  ])("%j is refused, and the field named", async (body, pointer) => {
    expect(problemIn(await simulate(gatewayOverMock(), body))).toMatchObject({
      type: "/problems/validation",
      errors: [{ in: "body", pointer }],
    });
  });

  test("of a group that the gateway does not know is 404", async () => {
    expect(problemIn(await simulate(gatewayOverMock(), { sender: "a" }, 99))).toMatchObject({
      type: "/problems/group-not-known",
    });
  });
});
