import { createClient, flagPresets, noPermissions } from "@mesibo-groups/core";
import { demoSeed } from "@mesibo-groups/mock-server";
import { mesiboTest } from "@mesibo-groups/mock-server/vitest";
import { expect } from "vitest";

const test = mesiboTest({ seed: demoSeed });

test("an announcement reaches who may receive, and nobody else may send one", async ({ mesibo }) => {
  const client = createClient(mesibo);
  const { gid } = await client.groups.create({ name: "News", flags: flagPresets.restricted });
  const all = ["alice@example.com", "bob@example.com", "carol@example.com"];
  await client.members.add({
    gid,
    addresses: all.slice(0, 1),
    permissions: { ...noPermissions, send: true },
  });
  await client.members.add({
    gid,
    addresses: all.slice(1, 2),
    permissions: { ...noPermissions, receive: true },
  });

  await client.send({ from: "alice@example.com", to: [], gid, text: "Welcome" });
  expect(mesibo.world.deliveries()).toMatchObject([{ to: "bob@example.com", text: "Welcome" }]);

  const reply = client.send({ from: "bob@example.com", to: [], gid, text: "Thanks" });
  await expect(reply).rejects.toMatchObject({ refusal: { error: "PERMISSION" } });
});

test("a create whose answer is lost is unknown, and it did happen", async ({ mesibo }) => {
  mesibo.world.faults.set({ rules: [{ effect: "close", when: "after", op: "groupadd", count: 1 }] });

  await expect(createClient(mesibo).groups.create({ name: "Lost" })).rejects.toMatchObject({
    outcome: "unknown",
  });
  expect(mesibo.world.verify({ op: "groupadd", params: { name: "Lost" } }, { at_most: 1 }).ok).toBe(true);
  expect(mesibo.world.groups().map(({ name }) => name)).toContain("Lost");
});
