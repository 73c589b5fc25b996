import { allPermissions, noPermissions } from "@mesibo-groups/core";
import { expect, test } from "vitest";
import { createMock, demoSeed } from "../../src/index.ts";
import { clientOf } from "../support/worlds.ts";

test("two worlds that did the same do not differ", () => {
  const mock = createMock({ seed: demoSeed });
  expect(mock.world().fork("b").diff(mock.token)).toEqual({
    same: true,
    users: { only_a: [], only_b: [], changed: [] },
    groups: { only_a: [], only_b: [], changed: [] },
    members: [],
  });
});

test("what differs is told in mesibo's words", async () => {
  const mock = createMock({ seed: demoSeed });
  mock.world().fork("b");
  const [a, b] = [clientOf(mock), clientOf(mock, "json", "b")];
  await a.users.create({ address: "ann" });
  await b.users.create({ address: "ben" });
  await b.users.edit({ address: "bob@example.com", name: "Bob" });
  const { gid } = await a.groups.create({ name: "A's" });
  await b.groups.delete(102532);
  await b.groups.edit({ gid: 102529, name: "Old news" });
  await a.members.remove({ gid: 102531, addresses: ["alice@example.com"] });
  await b.members.add({ gid: 102531, addresses: ["bob@example.com"], permissions: allPermissions });
  await b.members.add({ gid: 102531, addresses: ["ben"], permissions: noPermissions });

  expect(mock.world().diff("b")).toEqual({
    same: false,
    users: {
      only_a: ["ann"],
      only_b: ["ben"],
      changed: [{ key: "bob@example.com", fields: [{ field: "name", a: "", b: "Bob" }] }],
    },
    groups: {
      only_a: [102532, gid],
      only_b: [],
      changed: [{ key: 102529, fields: [{ field: "name", a: "News", b: "Old news" }] }],
    },
    members: [
      {
        gid: 102531,
        only_a: [],
        only_b: ["alice@example.com", "ben"],
        changed: [{ address: "bob@example.com", a: noPermissions, b: allPermissions }],
      },
    ],
  });
});
