import fc from "fast-check";
import { expect, test } from "vitest";
import { createKeyedQueue } from "../../src/index.ts";

test("who has the same key takes turns in the order of entering, whatever the tasks do", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(fc.record({ key: fc.integer({ min: 1, max: 3 }), fails: fc.boolean() }), { maxLength: 12 }),
      async (scheduler, tasks) => {
        const enter = createKeyedQueue();
        const inside = new Set<number>();
        const order: number[] = [];
        const ended = tasks.map(async ({ key, fails }, index) => {
          const turn = enter(key);
          try {
            await turn.ready;
            expect(inside).not.toContain(key);
            inside.add(key);
            order.push(index);
            await scheduler.schedule(Promise.resolve());
            if (fails) throw new RangeError("mine");
          } finally {
            inside.delete(key);
            turn.leave();
          }
        });
        const settled = Promise.allSettled(ended);
        await scheduler.waitFor(settled);
        expect((await settled).map(({ status }) => status === "rejected")).toEqual(
          tasks.map(({ fails }) => fails),
        );
        for (const key of [1, 2, 3]) {
          const entered = [...tasks.keys()].filter((index) => tasks[index]?.key === key);
          expect(order.filter((index) => entered.includes(index))).toEqual(entered);
        }
      },
    ),
  );
});

test("other keys do not wait", async () => {
  const enter = createKeyedQueue();
  enter(1);
  await expect(enter(2).ready).resolves.toBeUndefined();
});

test("who gives up before the turn lets nobody past who is still inside", async () => {
  const enter = createKeyedQueue();
  const seen: string[] = [];
  const first = enter(1);
  enter(1).leave();
  const third = enter(1).ready.then(() => seen.push("third"));
  await first.ready;
  await new Promise(setImmediate);
  expect(seen).toEqual([]);
  first.leave();
  first.leave();
  await third;
  expect(seen).toEqual(["third"]);
});
