import { flagPresets, withFlags } from "@mesibo-groups/core";
import { describe, expect, test } from "vitest";
import { createMock, type Mock } from "../../src/index.ts";
import { control } from "../support/control.ts";

const T = "mock-app-token";
const TEAM = 102_529;
const UNSTORED = 102_530;

const mockOf = (): Mock =>
  createMock({
    seed: {
      users: ["a", "b", "c"],
      groups: [
        { name: "Team", members: [{ address: "a" }, { address: "b" }, { address: "c" }] },
        {
          name: "Live",
          flags: withFlags(flagPresets.normal, { store: false }),
          members: [{ address: "a" }, { address: "b" }],
        },
      ],
    },
  });

const send = async (mock: Mock, query: string): Promise<void> => {
  await mock.fetch(`${mock.url}?op=message&token=${T}&${query}`, {});
};

async function deliveriesOf(mock: Mock, query = ""): Promise<readonly (readonly [string, string, string])[]> {
  const { json } = await control(mock, "GET", `/worlds/${T}/deliveries${query}`);
  const { deliveries } = json as {
    readonly deliveries: readonly { readonly text: string; readonly to: string; readonly state: string }[];
  };
  return deliveries.map(({ text, to, state }) => [text, to, state]);
}

const presence = (mock: Mock, who: Readonly<Record<string, boolean>>) =>
  control(mock, "PUT", `/worlds/${T}/presence`, who);

describe("a message to somebody who is offline", () => {
  test("waits, and arrives when they come online; to who is online it arrives at once", async () => {
    const mock = mockOf();
    expect((await presence(mock, { b: true })).json).toEqual({ online: ["b"] });
    await send(mock, `from=a&gid=${TEAM}&msg=one`);
    expect(await deliveriesOf(mock)).toEqual([
      ["one", "b", "delivered"],
      ["one", "c", "waiting"],
    ]);
    await presence(mock, { c: true, b: false });
    await send(mock, `from=a&gid=${TEAM}&msg=two`);
    expect(await deliveriesOf(mock)).toEqual([
      ["one", "b", "delivered"],
      ["one", "c", "delivered"],
      ["two", "b", "waiting"],
      ["two", "c", "delivered"],
    ]);
  });

  test.each([
    ["of a group that stores nothing", `from=a&gid=${UNSTORED}&msg=x`],
    ["that is transient", "from=a&to=b&msg=x&flag=4"],
  ])("%s is lost, and coming online brings nothing back", async (_, query) => {
    const mock = mockOf();
    await send(mock, query);
    expect(await deliveriesOf(mock)).toEqual([["x", "b", "lost"]]);
    await presence(mock, { b: true });
    expect(await deliveriesOf(mock)).toEqual([["x", "b", "lost"]]);
    await send(mock, query);
    expect(await deliveriesOf(mock)).toEqual([
      ["x", "b", "lost"],
      ["x", "b", "delivered"],
    ]);
  });

  test("waits in both worlds of a fork, and arrives in the one in which they come online", async () => {
    const mock = mockOf();
    await send(mock, "from=a&to=b&msg=x");
    const fork = mock.world().fork("fork");
    fork.setOnline("b", true);
    expect([mock.world().deliveries()[0]?.state, fork.deliveries()[0]?.state]).toEqual([
      "waiting",
      "delivered",
    ]);
  });
});

describe("who is online", () => {
  test("is told in the state, and stays until somebody says otherwise", async () => {
    const mock = mockOf();
    await presence(mock, { a: true, c: true });
    expect((await presence(mock, { a: false })).json).toEqual({ online: ["c"] });
    expect((await presence(mock, {})).json).toEqual({ online: ["c"] });
    expect((await control(mock, "GET", `/worlds/${T}/state`)).json).toMatchObject({
      users: [
        { address: "a", online: false },
        { address: "b", online: false },
        { address: "c", online: true },
      ],
    });
  });

  test("somebody who is no user is a problem, and nobody's presence changes", async () => {
    const mock = mockOf();
    expect(await presence(mock, { a: true, ghost: true })).toMatchObject({
      status: 404,
      json: { type: "urn:mesibo-mock:problem:unknown-user", detail: '"ghost" is no user of this world.' },
    });
    expect((await presence(mock, {})).json).toEqual({ online: [] });
  });
});

describe("the list of deliveries", () => {
  test.each([
    ["of an address", "?address=c", [["hello", "c", "waiting"]]],
    [
      "of a group",
      `?gid=${TEAM}`,
      [
        ["hello", "b", "waiting"],
        ["hello", "c", "waiting"],
      ],
    ],
    ["of an address in a group", `?address=b&gid=${UNSTORED}`, [["live", "b", "lost"]]],
    ["of nobody", "?address=ghost", []],
    ["of no group", "?gid=1", []],
    [
      "of all",
      "",
      [
        ["hello", "b", "waiting"],
        ["hello", "c", "waiting"],
        ["live", "b", "lost"],
        ["you", "b", "waiting"],
      ],
    ],
  ])("%s", async (_, query, expected) => {
    const mock = mockOf();
    await send(mock, `from=a&gid=${TEAM}&msg=hello`);
    await send(mock, `from=a&gid=${UNSTORED}&msg=live`);
    await send(mock, "from=a&to=b&msg=you");
    expect(await deliveriesOf(mock, query)).toEqual(expected);
  });

  test("a delivery says everything about itself, and only a message to a group has a gid", async () => {
    const mock = createMock({ seed: { users: ["a", "b"], groups: [] }, now: () => 1_000 });
    await send(mock, "from=a&to=b&msg=hi%20you");
    expect((await control(mock, "GET", `/worlds/${T}/deliveries`)).json).toEqual({
      deliveries: [{ mid: 1, from: "a", to: "b", text: "hi you", at: 1_000, stored: true, state: "waiting" }],
    });
  });
});
