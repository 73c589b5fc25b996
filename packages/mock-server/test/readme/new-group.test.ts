import { createClient } from "@mesibo-groups/core";
import { createMock } from "@mesibo-groups/mock-server";
import { expect, test } from "vitest";

test("a new group has the members that it was given", async () => {
  const mock = createMock();
  const client = createClient({ token: mock.token, url: mock.url, fetch: mock.fetch });

  await client.users.create({ address: "alice" });
  const { gid } = await client.groups.create({ name: "News", members: ["alice"] });

  expect(mock.world().groups()).toMatchObject([{ gid, members: [{ address: "alice" }] }]);
});
