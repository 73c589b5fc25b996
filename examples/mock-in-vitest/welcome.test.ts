import { createClient, flagPresets, noPermissions } from "@mesibo-groups/core";
import { demoSeed } from "@mesibo-groups/mock-server";
import { mesiboTest } from "@mesibo-groups/mock-server/vitest";
import { expect } from "vitest";

// Each test has a world of its own. When one fails, its latest requests are printed with why each was answered so.
const test = mesiboTest({ seed: demoSeed });
const [alice, bob] = ["alice@example.com", "bob@example.com"];

test("only who may receive gets the message", async ({ mesibo }) => {
  const client = createClient(mesibo);
  const { gid } = await client.groups.create({ name: "News", flags: flagPresets.restricted });
  await client.members.add({ gid, addresses: [alice], permissions: { ...noPermissions, send: true } });
  await client.members.add({ gid, addresses: [bob], permissions: { ...noPermissions, receive: true } });

  await client.send({ from: alice, to: [], gid, text: "Welcome" });

  expect(mesibo.world.deliveries()).toMatchObject([{ to: bob, text: "Welcome" }]);
});

test("a group is gone when its time is over", async ({ mesibo }) => {
  const { gid } = await createClient(mesibo).groups.create({ name: "Today", expiry: 3600 });

  mesibo.world.clock.advance(3599);
  expect(mesibo.world.groups().map((group) => group.gid)).toContain(gid);
  mesibo.world.clock.advance(1);
  expect(mesibo.world.groups().map((group) => group.gid)).not.toContain(gid);
});

test("the service asked for what it should have asked for", async ({ mesibo }) => {
  await createClient(mesibo).groups.create({ name: "News" });

  expect(mesibo.world.verify({ op: "groupadd", params: { name: "News" } }, { at_least: 1 }).ok).toBe(true);
});
