import { createClient } from "@mesibo-groups/core";
import { mesiboTest } from "@mesibo-groups/mock-server/vitest";
import { expect } from "vitest";

// Run by account.test.ts: tests that fail, to see what is printed.

const test = mesiboTest();

test("fails", async ({ mesibo }) => {
  await createClient(mesibo).groups.create({ name: "News" });
  await mesibo.fetch(`${mesibo.url}?op=groupdel&gid=5`, {});
  await mesibo.fetch(`${mesibo.url}?op=groupsget&token=misspelt-token`, {});
  expect(mesibo.world.groups()).toEqual([]);
});

test.fails("is to fail", async ({ mesibo }) => {
  await createClient(mesibo).groups.create({ name: "Unsaid" });
  expect(mesibo.world.groups()).toEqual([]);
});
