import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { collect } from "@mesibo-groups/core/wire";
import { describe, expect, test } from "vitest";
import { refuse } from "../../src/engine/refusals.ts";
import type { Draft } from "../../src/journal/entry.ts";
import { createJournal } from "../../src/journal/journal.ts";
import { MAX_TEXT, MAX_VALUE } from "../../src/journal/keep.ts";
import { draftOf } from "../support/drafts.ts";

const long = "x".repeat(MAX_TEXT + 1);
const longest = long.slice(0, MAX_TEXT);

describe("what is kept of a long request", () => {
  test("16,384 characters of each text, and it says which are cut", () => {
    const { query, body, answer, cut } = createJournal().add(
      draftOf({ query: long, body: longest, answer: long }),
    );
    expect({ query, body, answer, cut }).toEqual({
      query: longest,
      body: longest,
      answer: longest,
      cut: ["query", "answer"],
    });
  });

  test("its parameters, read before it was cut", () => {
    const body = JSON.stringify({
      group: { members: { m: [long, "a"] }, gid: 102529 },
      op: "groupeditmembers",
    });
    const { params } = createJournal().add(draftOf({ op: "groupeditmembers", body }));
    expect(params).toEqual({ gid: "102529", m: `${"x".repeat(MAX_VALUE - 1)}…` });
  });

  test("a request that is whole is read when somebody asks, and a cut answer makes it no less whole", () => {
    expect(createJournal().add(draftOf({ query: "gid=5", answer: long })).params).toBeUndefined();
  });

  test("1,000 characters of an op, a content type and a refusal's words", () => {
    const entry = createJournal().add(
      draftOf({ op: long, contentType: long, refusal: refuse("user", ["m"], long), result: "refused" }),
    );
    expect([entry.op.length, entry.contentType.length, entry.refusal?.cause?.length]).toEqual([
      MAX_VALUE,
      MAX_VALUE,
      MAX_VALUE,
    ]);
  });

  test("a character of two halves that the cut goes through is no half afterwards", () => {
    const { body } = createJournal().add(draftOf({ body: `${long.slice(0, MAX_TEXT - 1)}😀` }));
    expect(body.isWellFormed()).toBe(true);
  });
});

// A number of megabytes, and not "less than before": a body that is retained makes it hundreds.
describe("of 300 requests with bodies of a megabyte no body stays in memory", () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const megabytes = (): number => {
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / 2 ** 20;
  };
  const bulk = Buffer.alloc(1_000_000, "x");

  const asForm = (n: number): Draft => {
    const body = `op=groupeditmembers&gid=5&m=${bulk.toString("latin1")}${n}`;
    return draftOf({ body, op: collect({ query: "", contentType: "", body }).op });
  };
  const asJson = (n: number): Draft => {
    const body = `{"op":"groupeditmembers","group":{"gid":5,"members":{"m":"${bulk.toString("latin1")}${n}"}}}`;
    return draftOf({ body, op: collect({ query: "", contentType: "", body }).op });
  };
  const unknownOp = (n: number): Draft => {
    const body = `op=groupeditmemberss&gid=5&m=${bulk.toString("latin1")}${n}`;
    return draftOf({ body, op: collect({ query: "", contentType: "", body }).op });
  };
  const stranger = (n: number): Draft => {
    const body = `op=groupeditmembers&m=stranger-of-this-app${n},${bulk.toString("latin1")}`;
    const list = collect({ query: "", contentType: "", body }).params["m"] ?? "";
    const refusal = refuse("user", ["m"], list.split(",")[0]);
    return draftOf({ body, op: "groupeditmembers", result: "refused", refusal });
  };

  test.each([
    ["as a form", asForm],
    ["as JSON", asJson],
    ["with an unknown op", unknownOp],
    ["refused with words out of the body", stranger],
  ])("%s", (_, make) => {
    const journal = createJournal();
    const before = megabytes();
    for (let n = 0; n < 300; n += 1) journal.add(make(n));
    expect(megabytes() - before).toBeLessThan(60);
    expect(journal.entries().length).toBe(300);
  });
});
