import { createClient } from "@mesibo-groups/core";
import { createMock } from "@mesibo-groups/mock-server";
import { expect, test } from "vitest";

test("a stranger cannot be added", async () => {
  const mock = createMock();
  const client = createClient({ token: mock.token, url: mock.url, fetch: mock.fetch });
  const { gid } = await client.groups.create({ name: "News" });

  const added = client.members.add({
    gid,
    addresses: ["stranger"],
    permissions: { send: true, receive: true, publish: false, subscribe: false, list: false },
  });

  await expect(added).rejects.toMatchObject({
    kind: "members",
    report: { refused: [{ address: "stranger" }] },
  });
});
