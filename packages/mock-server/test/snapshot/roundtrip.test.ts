import fc from "fast-check";
import { expect, test } from "vitest";
import { systemTime } from "../../src/clock.ts";
import { apply } from "../../src/engine/apply.ts";
import type { World } from "../../src/engine/world.ts";
import { createMock } from "../../src/index.ts";
import { demoSeed, seededWorld } from "../../src/seed.ts";
import { diffWorlds } from "../../src/snapshot/diff.ts";
import { readSnapshot } from "../../src/snapshot/read.ts";
import { writeSnapshot } from "../../src/snapshot/write.ts";
import { control } from "../support/control.ts";
import { step } from "../support/steps.ts";
import { clientOf, NOW } from "../support/worlds.ts";

/** The world that a file of this one would give: through JSON, as a file goes. */
function reread(world: World): World {
  const read = readSnapshot(JSON.parse(JSON.stringify(writeSnapshot(world, systemTime))));
  if (!read.ok) throw new Error(read.reason);
  return read.world;
}

test("a restored world is the same, and answers the same from there on", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), fc.array(step, { maxLength: 20 }), (before, after) => {
      const world = seededWorld(demoSeed, NOW);
      for (const request of before) apply(world, request, NOW);
      const restored = reread(world);
      expect(writeSnapshot(restored, systemTime)).toEqual(writeSnapshot(world, systemTime));
      expect(diffWorlds({ world, now: NOW }, { world: restored, now: NOW }).same).toBe(true);
      for (const request of after) {
        expect(apply(restored, request, NOW)).toEqual(apply(world, request, NOW));
      }
      expect(writeSnapshot(restored, systemTime)).toEqual(writeSnapshot(world, systemTime));
    }),
    { numRuns: 300 },
  );
});

test("of a very long list of deliveries the latest 10,000 are restored", () => {
  const world = createMock({ seed: demoSeed }).world();
  const snapshot = world.snapshot();
  const deliveries = Array.from({ length: 200_000 }, (_, mid) => ({
    mid,
    from: "alice@example.com",
    to: "bob@example.com",
    text: "",
    at: 0,
    stored: true,
    state: "delivered" as const,
  }));
  world.restore({ ...snapshot, next: { ...snapshot.next, mid: 200_000 }, deliveries });
  expect(world.deliveries()).toEqual(deliveries.slice(-10_000).map((each) => ({ ...each, gid: undefined })));
});

test.each(["mesibo-mock", "mesibo-mock-world", "alice@example.com", "delivered"])(
  "a world whose token is %s, a word of snapshots too, is told and restored as it is",
  async (token) => {
    const mock = createMock({ seed: demoSeed });
    const before = mock.world(token).snapshot();
    const path = `/worlds/${encodeURIComponent(token)}`;
    const { json } = await control(mock, "GET", `${path}/snapshot`);
    expect(json).toEqual(JSON.parse(JSON.stringify(before)));
    expect((await control(mock, "PUT", `${path}/snapshot`, json)).status).toBe(200);
    expect((await control(mock, "GET", `${path}/nothing`)).json).toMatchObject({
      type: "urn:mesibo-mock:problem:not-found",
    });
  },
);

test("a snapshot holds the world's time", () => {
  const mock = createMock({ now: () => 1_000 });
  mock.world().clock.set(5_000);
  mock.world().clock.freeze();
  const snapshot = mock.world().snapshot();
  mock.world("other").restore(snapshot);
  expect([mock.world("other").clock.now(), mock.world("other").clock.frozen()]).toEqual([5_000, true]);
});

test("a restore leaves the journal and the faults", async () => {
  const mock = createMock();
  const before = mock.world().snapshot();
  await clientOf(mock).groups.create({ name: "x" });
  mock.world().faults.set({ seed: 1, rules: [{ effect: "html", op: "userdel" }] });
  mock.world().restore(before);
  expect(mock.world().groups()).toEqual([]);
  expect(mock.world().requests()).toHaveLength(1);
  expect(mock.world().faults.state().rules).toHaveLength(1);
});
