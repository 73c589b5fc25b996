import { createClient } from "@mesibo-groups/core";
import { describe, expect } from "vitest";
import { demoSeed } from "../../src/index.ts";
import { mesiboTest } from "../../src/vitest.ts";

const test = mesiboTest({ seed: demoSeed });
const tokens = new Set<string>();

describe.concurrent("each test has a world of its own", () => {
  test.for([1, 2, 3])("%i", async (_, { mesibo }) => {
    tokens.add(mesibo.token);
    const { gid } = await createClient(mesibo).groups.create({ name: "Mine" });
    expect(gid).toBe(102533);
    expect(mesibo.world.groups()).toHaveLength(5);
    expect(mesibo.world.verify({ op: "groupadd", params: { name: "Mine" } }, { at_most: 1 })).toMatchObject({
      ok: true,
      count: 1,
    });
  });
});

test("under a token of its own", ({ mesibo }) => {
  expect(tokens.size).toBe(3);
  expect(tokens.has(mesibo.token)).toBe(false);
  expect(mesibo.world.groups()).toHaveLength(4);
});
