import { addressFault, allPermissions, noPermissions, type Member } from "@mesibo-groups/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { planWords } from "../../src/bulk/plan.ts";
import { previewMembers, shown } from "../../src/bulk/preview.ts";
import { readMembers } from "../../src/bulk/read.ts";

const member = (address: string): Member => ({ address, permissions: noPermissions });

test("a list is told apart into new, already members, duplicates and invalid, each with its line", () => {
  const long = "x".repeat(64);
  const text = `address,send\nalice,1\nbob,0\nalice,1\nbob,1\n${long},1\n"a,b",1\n" c ",1\n,1\nd\u0007,1\ndave,?`;
  const preview = previewMembers(readMembers(text), {
    permissions: { ...noPermissions, list: true },
    present: { members: [member("bob")], complete: true },
  });
  const put = (line: number, address: string, send: boolean) => ({
    kind: "put",
    line,
    address,
    permissions: { ...noPermissions, list: true, send },
  });
  const [alice, bob] = [put(2, "alice", true), put(3, "bob", false)];
  expect(preview).toEqual({
    added: [alice],
    updated: [bob],
    duplicates: [
      { line: 4, address: "alice", first: 2, differs: false },
      { line: 5, address: "bob", first: 3, differs: true },
    ],
    invalid: [
      { line: 6, text: long, reason: "over 63 bytes" },
      { line: 7, text: "a,b", reason: "has a comma" },
      { line: 8, text: " c ", reason: "has spaces around it" },
      { line: 9, text: "", reason: "empty" },
      { line: 10, text: "d\u0007", reason: "has a control character" },
      { line: 11, text: "dave", reason: 'send is "?", which is neither true nor false' },
    ],
    certain: true,
    plan: {
      steps: [
        { kind: "put", permissions: alice?.permissions, edits: [alice] },
        { kind: "put", permissions: bob?.permissions, edits: [bob] },
      ],
      members: 2,
      calls: 2,
    },
  });
});

test("the plan says how many calls it takes", () => {
  const text = Array.from({ length: 1_240 }, (_, index) => `user${index}`).join("\n");
  const { plan, certain } = previewMembers(readMembers(text), { permissions: allPermissions });
  expect(planWords(plan)).toBe("1,240 members in 13 calls of at most 100 members and 6 KiB");
  expect(certain).toBe(false);
});

test("the first eight of a kind are shown, with their number", () => {
  const numbers = Array.from({ length: 20 }, (_, index) => index);
  expect(shown(numbers)).toEqual({ count: 20, first: [0, 1, 2, 3, 4, 5, 6, 7] });
});

test("every row is counted once, and what goes out is each good address once", () => {
  const cell = fc.constantFrom("a", "b", "c", "+1", " d ", "x,y", "", "ü".repeat(32), "e\u0001", "'=f");
  const row = fc.record({ address: cell, send: fc.constantFrom("1", "0", "x", "", "?") });
  fc.assert(
    fc.property(fc.array(row), fc.uniqueArray(cell), fc.boolean(), (rows, present, complete) => {
      const quoted = rows.map(({ address, send }) => `"${address}","${send}",.`);
      const list = readMembers(["address,send,n", ...quoted].join("\n"));
      const preview = previewMembers(list, {
        permissions: allPermissions,
        present: { members: present.map(member), complete },
      });
      const { added, updated, duplicates, invalid, plan } = preview;
      const lines = [...added, ...updated, ...duplicates, ...invalid].map(({ line }) => line);
      expect(lines.toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual(rows.map((_, index) => index + 2));

      const sent = plan.steps.flatMap(({ edits }) => edits.map(({ address }) => address));
      expect(new Set(sent).size).toBe(sent.length);
      expect(plan.members).toBe(added.length + updated.length);
      expect(sent.every((address) => addressFault(address) === undefined)).toBe(true);
      expect(updated.every(({ address }) => present.includes(address))).toBe(true);
      expect(added.some(({ address }) => present.includes(address))).toBe(false);
    }),
  );
});
