import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createMock } from "../../src/index.ts";
import { DEFAULT_JOURNAL_SIZE, createJournal } from "../../src/journal/journal.ts";
import { draftOf } from "../support/drafts.ts";

type Step = { readonly kind: "add"; readonly length: number } | { readonly kind: "clear" };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant("add" as const), length: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("clear" as const) }) },
);

/** What a journal is, said with an array: the texts of an entry are its op and its body. */
function modelOf(size: number, mostText: number, steps: readonly Step[]) {
  let held: { readonly n: number; readonly length: number }[] = [];
  let count = 0;
  const text = () => held.reduce((sum, { length }) => sum + length + "groupsget".length, 0);
  for (const taken of steps) {
    if (taken.kind === "clear") held = [];
    else {
      count += 1;
      held = [...held, { n: count, length: taken.length }].slice(-size);
      if (size === 0) held = [];
      while (text() > mostText && held.length > 1) held = held.slice(1);
    }
  }
  return { held, count };
}

test("a journal of any size holds what an array cut from the front would hold", () => {
  fc.assert(
    fc.property(
      fc.nat(8),
      fc.constantFrom(10, 100, 200, 10_000),
      fc.array(step, { maxLength: 60 }),
      (size, mostText, steps) => {
        const journal = createJournal(size, mostText);
        for (const taken of steps) {
          if (taken.kind === "clear") journal.clear();
          else expect(journal.add(draftOf({ body: "x".repeat(taken.length) })).n).toBe(journal.count());
        }
        const { held, count } = modelOf(size, mostText, steps);
        expect(journal.entries().map(({ n, body }) => ({ n, length: body.length }))).toEqual(held);
        expect(journal.count()).toBe(count);
        const numbers = new Set(held.map(({ n }) => n));
        for (let n = -1; n <= count + 1; n += 1)
          expect(journal.find(n)?.n).toBe(numbers.has(n) ? n : undefined);
        for (const n of [0.5, Number.NaN, Infinity, -Infinity]) expect(journal.find(n)).toBeUndefined();
      },
    ),
  );
});

describe("unless somebody says otherwise", () => {
  test("a journal remembers the latest 10,000 requests", () => {
    const journal = createJournal();
    for (let n = 0; n < DEFAULT_JOURNAL_SIZE + 5; n += 1) journal.add(draftOf());
    const entries = journal.entries();
    expect([entries.length, entries[0]?.n, entries.at(-1)?.n]).toEqual([10_000, 6, 10_005]);
    expect([journal.find(5), journal.find(6)?.n, journal.count()]).toEqual([undefined, 6, 10_005]);
  });

  test("a journal holds 16 MiB of texts, a cut body counting for what is kept of it", () => {
    const journal = createJournal();
    for (let n = 0; n < 2_000; n += 1) journal.add(draftOf({ op: "", body: "x".repeat(20_000) }));
    expect(journal.entries().length).toBe((16 * 1024 * 1024) / 16_384);
  });
});

test("an entry that is larger than all the room there is stays alone", () => {
  const journal = createJournal(5, 10);
  for (const body of ["a", "b", "x".repeat(100)]) journal.add(draftOf({ op: "", body }));
  expect(journal.entries().map(({ n }) => n)).toEqual([3]);
});

test("a cleared journal goes on with new numbers", () => {
  const journal = createJournal(3);
  for (let n = 0; n < 5; n += 1) journal.add(draftOf());
  journal.clear();
  expect([journal.entries(), journal.count(), journal.find(5)]).toEqual([[], 5, undefined]);
  expect([journal.add(draftOf()).n, journal.find(6)?.n]).toEqual([6, 6]);
});

test("a mock with a journal of 0 remembers nothing and counts on; a size that is none is refused by name", async () => {
  const mock = createMock({ journal: 0 });
  await mock.fetch(`${mock.url}?op=groupadd&token=${mock.token}`, {});
  expect([mock.world().requests(), mock.world().groups().length]).toEqual([[], 1]);
  for (const journal of [-1, 1.5, Number.NaN, Infinity])
    expect(() => createMock({ journal })).toThrow(
      `createMock: journal must be a whole number of requests from 0, not ${journal}.`,
    );
});
