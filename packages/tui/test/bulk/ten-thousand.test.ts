import { allPermissions, noPermissions } from "@mesibo-groups/core";
import { describe, expect, test } from "vitest";
import { previewMembers } from "../../src/bulk/preview.ts";
import { readMembers } from "../../src/bulk/read.ts";
import { runPlan } from "../../src/bulk/run.ts";
import { undoJob } from "../../src/bulk/undo.ts";
import { gid, openPlace, users } from "./support.ts";

const pasted = users(10_000);
const everyHundredth = Array.from({ length: 100 }, (_, index) => index * 100);

/** A hundred of ten thousand, drawn by a small generator with a seed (mulberry32). */
function drawn(seed: number): readonly number[] {
  const places = new Set<number>();
  for (let state = seed; places.size < 100;) {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    places.add(((bits ^ (bits >>> 14)) >>> 0) % 10_000);
  }
  return [...places].toSorted((a, b) => a - b);
}

// Three in a batch at 1, 2 and 51 cost the most for each stranger: 36 calls, found by trying all places of three.
const spreads: readonly (readonly [string, readonly number[]])[] = [
  ["evenly, first in each batch", everyHundredth],
  ["evenly, last in each batch", everyHundredth.map((place) => place + 99)],
  ["evenly, in the middle of each batch", everyHundredth.map((place) => place + 49)],
  ["evenly, a little further in each batch", everyHundredth.map((place, index) => place + index)],
  ["in pairs, in front of each second batch", everyHundredth.map((place, index) => place - (index % 2) * 99)],
  [
    "in threes, where each costs the most",
    everyHundredth.map((_, index) => Math.floor(index / 3) * 100 + ([1, 2, 51][index % 3] ?? 0)),
  ],
  ["in one cluster that is a batch", Array.from({ length: 100 }, (_, index) => 5_000 + index)],
  ["in one cluster over two batches", Array.from({ length: 100 }, (_, index) => 5_050 + index)],
  [
    "in ten clusters of ten",
    everyHundredth.map((_, index) => Math.floor(index / 10) * 1_000 + 500 + (index % 10)),
  ],
  ...[1, 2, 3, 4, 5].map((seed) => [`at random, seed ${seed}`, drawn(seed)] as const),
];

describe("a paste of 10,000 addresses of which 100 are no users", () => {
  test.each(spreads)(
    "ends with exactly those named, in 1,400 calls at most, and can be undone: %s",
    async (_, places) => {
      const strangers = new Set(places.map((place) => pasted[place]));
      expect(strangers.size).toBe(100);
      const known = pasted.filter((address) => !strangers.has(address));
      const members = known
        .filter((_, index) => index % 50 === 0)
        .map((address, index) => ({
          address,
          permissions: { ...noPermissions, send: index % 2 === 0, list: true },
        }));
      const place = openPlace({ users: [...known, "other"], members: [{ address: "other" }, ...members] });
      const { client, calls, present } = place;
      const before = present();

      const { plan, updated } = previewMembers(readMembers(pasted.join("\n")), {
        permissions: allPermissions,
        present: before,
      });
      expect([plan.members, plan.calls, updated.length]).toEqual([10_000, 100, members.length]);
      const result = await runPlan({ client, gid, plan });

      const refused = result.refused.map(({ edit }) => ({ line: edit.line, address: edit.address }));
      expect(refused).toEqual(places.map((index) => ({ line: index + 1, address: pasted[index] })));
      expect(result.done.map(({ address }) => address)).toEqual(known);
      expect([result.unknown, result.notSent]).toEqual([[], []]);
      expect(calls()).toBe(result.calls);
      expect(calls()).toBeLessThanOrEqual(1_400);
      expect(present().members).toHaveLength(9_901);

      const undo = undoJob({ result, before, now: present() });
      expect(undo.kept).toEqual([]);
      await runPlan({ client, gid, plan: undo.plan });
      expect(present()).toEqual(before);
    },
  );
});
