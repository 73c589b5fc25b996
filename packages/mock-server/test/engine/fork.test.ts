import fc from "fast-check";
import { expect, test } from "vitest";
import { forkWorld } from "../../src/engine/fork.ts";
import { apply } from "../../src/engine/apply.ts";
import type { World } from "../../src/engine/world.ts";
import { demoSeed, seededWorld } from "../../src/seed.ts";
import { step } from "../support/steps.ts";
import { NOW } from "../support/worlds.ts";

/** Everything that an API call could tell, whoever owns it. */
const state = (world: World): string =>
  JSON.stringify(world, (key, value: unknown) => {
    if (key === "owner" || key === "relied") return undefined;
    return value instanceof Map ? [...value] : value;
  });

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
