import { noPermissions } from "../packages/core/src/index.ts";
import { apply } from "../packages/mock-server/src/engine/apply.ts";
import { createWorld, type World } from "../packages/mock-server/src/engine/world.ts";
import { paired, type Measurement } from "./stats.ts";

const NOW = 1_800_000_000;
const EDITS = 20_000;

/** The longest list that one request may have. */
const LIST = 100_000;

function worldWith(members: number): { readonly world: World; readonly gid: number } {
  const world = createWorld();
  const added = apply(world, { op: "groupadd", request: {} }, NOW);
  if (!added.ok) throw new Error(added.refusal.error);
  const { gid } = added.result.group;
  for (let first = 0; first < members; first += LIST) {
    const length = Math.min(LIST, members - first);
    const addresses = Array.from({ length }, (_, index) => `user${first + index}@example.com`);
    for (const address of addresses) apply(world, { op: "useradd", request: { address } }, NOW);
    const request = { gid, members: addresses, permissions: noPermissions, remove: false };
    const edited = apply(world, { op: "groupeditmembers", request }, NOW);
    if (!edited.ok) throw new Error(edited.refusal.error);
  }
  return { world, gid };
}

/** Nanoseconds of CPU for one edit: a permission of one member changes, another member leaves and comes back. */
function time({ world, gid }: { readonly world: World; readonly gid: number }): number {
  const edit = (address: string, remove: boolean, send: boolean): void => {
    const request = { gid, members: [address], permissions: { ...noPermissions, send }, remove };
    apply(world, { op: "groupeditmembers", request }, NOW);
  };
  const before = process.cpuUsage();
  for (let index = 0; index < EDITS; index += 4) {
    edit("user3@example.com", false, true);
    edit("user3@example.com", false, false);
    edit("user7@example.com", true, false);
    edit("user7@example.com", false, false);
  }
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1_000) / EDITS;
}

/** What one edit costs in a group of `members`, beside one in a group of 10. */
function editCost(members: number, rounds: number): Measurement {
  const small = worldWith(10);
  const large = worldWith(members);
  for (const world of [small, large, small, large]) time(world);
  const small10: number[] = [];
  const largeN: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    small10.push(time(small));
    largeN.push(time(large));
  }
  const row = members.toLocaleString("en");
  return paired(
    {
      name: `one edit in a group of ${row} members`,
      cell: { table: EDITS_TABLE, row, column: "x one edit in a group of 10" },
      of: "one edit in a group of 10",
      target: "at most 1.2",
      unit: "ns",
    },
    [row, largeN],
    ["another of 10", small10],
  );
}

/** The title of the growth curve. */
export const EDITS_TABLE = "One edit by the members that its group has";

/** How the cost of an edit grows with the group. The first line, 10 beside 10, is what the machine's noise makes. */
export const editCosts = (quick: boolean): readonly Measurement[] =>
  [10, 1_000, 100_000, 1_000_000].map((members) => editCost(members, quick ? 11 : 41));
