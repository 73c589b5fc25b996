import { allPermissions, noPermissions, type Permissions } from "@mesibo-groups/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createRoster, dropMember, memberAt, membersOf, putMember } from "../../src/engine/roster.ts";

test("a roster is a list in the order of joining, whatever joins and leaves", () => {
  const address = fc.integer({ min: 0, max: 200 }).map(String);
  const step = fc.record({ address, leaves: fc.boolean(), all: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 2_000, size: "max" }), (steps) => {
      const roster = createRoster();
      let plain: { address: string; permissions: Permissions }[] = [];
      for (const { address, leaves, all } of steps) {
        const permissions = all ? allPermissions : noPermissions;
        const known = plain.find((member) => member.address === address);
        if (leaves) {
          dropMember(roster, address);
          plain = plain.filter((member) => member !== known);
        } else {
          putMember(roster, address, permissions);
          if (known === undefined) plain.push({ address, permissions });
          else known.permissions = permissions;
        }
        expect(memberAt(roster, address)?.permissions).toEqual(leaves ? undefined : permissions);
      }
      const members = [...membersOf(roster)];
      expect(members.map(({ address, permissions }) => ({ address, permissions }))).toEqual(plain);
      expect(roster.size).toBe(plain.length);
      const ordinals = members.map(({ ordinal }) => ordinal);
      expect(ordinals).toEqual(ordinals.toSorted((a, b) => a - b));
    }),
    { numRuns: 100 },
  );
});

test("a roster that members join and leave for ever stays small", () => {
  const roster = createRoster();
  for (let index = 0; index < 10_000; index += 1) {
    putMember(roster, `user${index}`, noPermissions);
    dropMember(roster, `user${index}`);
  }
  expect(roster.size).toBe(0);
  expect(roster.addresses.length).toBeLessThanOrEqual(65);
  expect(roster.index.size).toBeLessThanOrEqual(65);
});
