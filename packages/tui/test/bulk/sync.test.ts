import { allPermissions, noPermissions, type Member } from "@mesibo-groups/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planEdits } from "../../src/bulk/plan.ts";
import { readMembers } from "../../src/bulk/read.ts";
import { membersCsv } from "../../src/bulk/report.ts";
import { runPlan } from "../../src/bulk/run.ts";
import { syncMembers } from "../../src/bulk/sync.ts";
import { gid, openPlace, users } from "./support.ts";

const member = (address: string, permissions = noPermissions): Member => ({ address, permissions });
const all = (count: number) => ({ members: users(count).map((address) => member(address)), complete: true });
const defaults = { permissions: allPermissions };

test("says whom to add, to update and to remove, removals last", () => {
  const present = { members: [member("a"), member("b"), member("c")], complete: true };
  const list = readMembers("address,send\na,1\nb,0\nd,1");
  const a = { kind: "put", line: 2, address: "a", permissions: { ...noPermissions, send: true } };
  const d = { kind: "put", line: 4, address: "d", permissions: allPermissions };
  const c = { kind: "remove", line: undefined, address: "c" };
  expect(syncMembers(list, { ...defaults, present })).toEqual({
    added: [d],
    updated: [a],
    unchanged: 1,
    removed: [c],
    duplicates: [],
    invalid: [],
    refusal: undefined,
    plan: {
      steps: [
        { kind: "put", permissions: allPermissions, edits: [d] },
        { kind: "put", permissions: a.permissions, edits: [a] },
        { kind: "remove", edits: [c] },
      ],
      members: 3,
      calls: 3,
      strict: true,
    },
  });
});

describe("is refused", () => {
  const refusal = (text: string, options: Partial<Parameters<typeof syncMembers>[1]> = {}) =>
    syncMembers(readMembers(text), { ...defaults, present: all(60), ...options }).refusal;
  const list = (count: number): string => users(count).join("\n");

  test("over the cap on removals, which can be raised", () => {
    expect(refusal(list(35))).toBeUndefined();
    expect(refusal(list(34))).toBe(
      "This would remove 26 of 60 members, over the cap of 25. Raise the cap to 26 if that is meant.",
    );
    expect(refusal(list(34), { removalCap: 26 })).toBeUndefined();
    expect(refusal(list(59), { removalCap: 0 })).toContain("over the cap of 0");
  });

  test("where it would remove everybody, unless a cap says that it may", () => {
    expect(refusal("x", { present: all(3) })).toBe(
      "This would remove all of 3 members. Set the cap to 3 if that is meant.",
    );
    expect(refusal("", { present: all(3), removalCap: 3 })).toBeUndefined();
  });

  test("where a row cannot be read: who is misspelt would be removed", () => {
    expect(refusal(`address\n"u1,"\n${list(60)}`)).toBe(
      "1 row of the list cannot be read, the first in line 2. Correct the list first: who is not on it is removed.",
    );
  });

  test("with no plan to run by mistake, and with everything to look at", () => {
    const sync = syncMembers(readMembers("x"), { ...defaults, present: all(60) });
    expect([sync.plan, sync.added.length, sync.removed.length]).toEqual([undefined, 1, 60]);
  });

  test("where two rows disagree", () => {
    expect(refusal("address,send\nu1,1\nu1,0", { present: all(2) })).toBe(
      "Lines 2 and 3 ask for different permissions of one member. Leave one of them out.",
    );
  });

  test("where not all members are known and somebody would be removed", () => {
    expect(refusal(list(59), { present: { ...all(60), complete: false } })).toContain("Not all members");
    expect(refusal(list(60), { present: { ...all(60), complete: false } })).toBeUndefined();
  });
});

test("removes nobody where somebody was refused: a misspelt address would cost the member it meant", async () => {
  const { client, present, members } = openPlace({
    users: ["alice", "bob"],
    members: [{ address: "alice" }],
  });
  const list = readMembers("alcie\nbob");
  const { plan } = syncMembers(list, { ...defaults, present: present(), removalCap: 1 });
  const { done, refused, notSent } = await runPlan({ client, gid, plan: plan ?? planEdits([]) });
  expect(done.map(({ address }) => address)).toEqual(["bob"]);
  expect(refused.map(({ edit }) => edit.address)).toEqual(["alcie"]);
  expect(notSent).toEqual([
    {
      edit: { kind: "remove", line: undefined, address: "alice" },
      reason:
        "Not sent: not everybody else was done, and nobody is removed before that. Correct the list and compare again.",
    },
  ]);
  expect(members().map(({ address }) => address)).toEqual(["alice", "bob"]);
});

test("makes the members equal the list, and then has nothing to do", async () => {
  const permissions = fc.record({
    send: fc.boolean(),
    receive: fc.boolean(),
    publish: fc.boolean(),
    subscribe: fc.boolean(),
    list: fc.boolean(),
  });
  const members = fc.uniqueArray(fc.record({ address: fc.constantFrom(...users(12)), permissions }), {
    selector: ({ address }) => address,
  });
  const byAddress = (list: readonly Member[]) =>
    new Map(list.map(({ address, permissions }) => [address, permissions]));
  await fc.assert(
    fc.asyncProperty(members, members, async (before, desired) => {
      const { client, present, members } = openPlace({ users: users(12), members: before });
      const list = readMembers(membersCsv(desired));
      const options = { ...defaults, removalCap: 12 };
      const { plan } = syncMembers(list, { ...options, present: present() });
      await runPlan({ client, gid, plan: plan ?? planEdits([]) });
      expect(byAddress(members())).toEqual(byAddress(desired));
      expect(syncMembers(list, { ...options, present: present() }).plan?.members).toBe(0);
    }),
    { numRuns: 50 },
  );
});
