import { effective, decodeFlags, noPermissions, type Permissions } from "@mesibo-groups/core";
import { describe, expect, test } from "vitest";
import { gatewayOverMock, NOW, problemIn } from "./support/gateway.ts";

const selected = {
  allowed: true,
  rule: "member_selected",
  sentence: "Only selected members may, and this member has the permission.",
  source: "SEED, D1full",
  confidence: "documented",
};
const unselected = {
  allowed: false,
  rule: "member_not_selected",
  sentence: "Only selected members may, and this member lacks the permission.",
  source: "SEED, D1full",
  confidence: "documented",
};
const member = {
  allowed: true,
  rule: "member_of_members",
  sentence: "Every member may; the member's own permission is not read.",
  source: "CON: the per-member boxes count only where the choice is selected",
  confidence: "recorded",
};
const stranger = {
  allowed: false,
  rule: "not_a_member",
  sentence: "Only members may, and this address is not one.",
  source: "SEED; HDR group error NOTMEMBER",
  confidence: "documented",
};
const inCalls = { publish: member, subscribe: member, list: member };
const strangers = {
  send: stranger,
  receive: stranger,
  publish: stranger,
  subscribe: stranger,
  list: stranger,
};
const all: Permissions = { send: true, receive: true, publish: true, subscribe: true, list: true };
const path = "/v1/groups/102529/permissions";

describe("effective permissions", () => {
  test("of one member come with rule, sentence, source and confidence", async () => {
    expect((await gatewayOverMock().ask(`${path}/bob`)).json).toEqual({
      gid: 102529,
      address: "bob",
      member: true,
      permissions: { ...noPermissions, receive: true },
      effective: { send: unselected, receive: member, ...inCalls },
    });
  });

  test("of somebody who is no member are those of a non-member", async () => {
    expect((await gatewayOverMock().ask(`${path}/carol`)).json).toEqual({
      gid: 102529,
      address: "carol",
      member: false,
      permissions: null,
      effective: strangers,
    });
  });

  test("of a group name every member, and everybody else", async () => {
    expect((await gatewayOverMock().ask(path)).json).toEqual({
      gid: 102529,
      flag: 1,
      members: [
        { address: "alice", permissions: all, effective: { send: selected, receive: member, ...inCalls } },
        {
          address: "bob",
          permissions: { ...noPermissions, receive: true },
          effective: { send: unselected, receive: member, ...inCalls },
        },
      ],
      non_member: strangers,
      next_cursor: null,
    });
  });

  test("are core's, whatever the flag", async () => {
    for (const flag of [0, 1, 2, 16, 32, 0x100, 0x3000]) {
      const { ask } = gatewayOverMock();
      await ask("/v1/groups/102529", { method: "PATCH", body: { flag } });
      const { effective: shown } = (await ask(`${path}/bob`)).json as { effective: Record<string, unknown> };
      const expected = effective(decodeFlags(flag), { ...noPermissions, receive: true });
      for (const [name, { allowed, rule }] of Object.entries(expected)) {
        const { id, sentence, source, confidence } = rule;
        expect(shown[name]).toEqual({ allowed, rule: id, sentence, source, confidence });
      }
    }
  });

  test.each([
    ["has expired", "expires_at", NOW * 1000, "group_expired"],
    ["is not active", "active", 0, "group_inactive"],
  ] as const)("of a group that %s say what a simulated route says", async (_, column, value, rule) => {
    const { ask, engine } = gatewayOverMock();
    const { store } = await engine();
    await store.write(({ db }) =>
      db
        .updateTable("groups")
        .set({ [column]: value })
        .where("gid", "=", 102529)
        .execute(),
    );
    const body = { sender: "alice" };
    const routed = (await ask("/v1/groups/102529/route-simulations", { method: "POST", body })).json;
    expect(routed).toMatchObject({ accepted: false, because: [{ rule }] });
    const { because } = routed as { because: unknown[] };
    const send = { allowed: false, ...(because[0] as object) };
    expect((await ask(`${path}/alice`)).json).toMatchObject({ effective: { send } });
    const everybody = [{ effective: { send } }, { effective: { send } }];
    expect((await ask(path)).json).toMatchObject({ members: everybody, non_member: { send } });
  });

  test("of an unknown group are 404", async () => {
    for (const target of ["/v1/groups/99/permissions", "/v1/groups/99/permissions/bob"]) {
      const answer = await gatewayOverMock().ask(target);
      expect(problemIn(answer)).toMatchObject({ status: 404, type: "/problems/group-not-known" });
    }
  });
});
