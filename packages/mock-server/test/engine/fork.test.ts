import fc from "fast-check";
import { expect, test } from "vitest";
import { forkWorld } from "../../src/engine/fork.ts";
import { apply } from "../../src/engine/apply.ts";
import type { World } from "../../src/engine/world.ts";
import { demoSeed, seededWorld } from "../../src/seed.ts";
import { NOW } from "../support/worlds.ts";

/** Everything that an API call could tell, whoever owns it. */
const state = (world: World): string =>
  JSON.stringify(world, (key, value: unknown) => {
    if (key === "owner") return undefined;
    return value instanceof Map ? [...value] : value;
  });

const gid = fc.integer({ min: 102529, max: 102534 });
const address = fc.constantFrom(...demoSeed.users, "new@example.com");
const members = fc.array(address, { minLength: 1, maxLength: 4 });
const step = fc.oneof(
  fc.record({
    op: fc.constant("useradd" as const),
    request: fc.record({ address, appid: fc.constant("x") }),
  }),
  fc.record({ op: fc.constant("userdel" as const), request: fc.record({ address }) }),
  fc.record({ op: fc.constant("userset" as const), request: fc.record({ address, active: fc.boolean() }) }),
  fc.record({ op: fc.constant("groupadd" as const), request: fc.record({ members }) }),
  fc.record({ op: fc.constant("groupdel" as const), request: fc.record({ gid }) }),
  fc.record({
    op: fc.constant("groupset" as const),
    request: fc.record({ gid, name: fc.string(), members }),
  }),
  fc.record({
    op: fc.constant("groupeditmembers" as const),
    request: fc.record({ gid, members, permissions: fc.constant({ send: true }), remove: fc.boolean() }),
  }),
  fc.record({
    op: fc.constant("message" as const),
    request: fc.record({ from: address, to: fc.constant([]), gid, text: fc.constant("hi") }),
  }),
);

test("what happens in one of two forks never shows in the other, whichever came first", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.constantFrom(0, 1, 2), step), { maxLength: 40 }), (steps) => {
      const first = seededWorld(demoSeed, NOW);
      const second = forkWorld(first);
      const worlds = [first, second, forkWorld(second)];
      const plain = worlds.map(() => seededWorld(demoSeed, NOW));
      for (const [index, request] of steps) {
        for (const pair of [worlds, plain]) {
          const world = pair[index];
          if (world !== undefined) apply(world, request, NOW);
        }
      }
      expect(worlds.map(state)).toEqual(plain.map(state));
    }),
    { numRuns: 500 },
  );
});
