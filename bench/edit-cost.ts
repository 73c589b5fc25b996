import { noPermissions } from "../packages/core/src/index.ts";
import { apply } from "../packages/mock-server/src/engine/apply.ts";
import { createWorld, type World } from "../packages/mock-server/src/engine/world.ts";
import { paired, type Measurement } from "./stats.ts";

const NOW = 1_800_000_000;
const EDITS = 20_000;
const ROUNDS = 15;

function worldWith(members: number): { readonly world: World; readonly gid: number } {
  const world = createWorld();
  const addresses = Array.from({ length: members }, (_, index) => `user${index}@example.com`);
  for (const address of addresses) apply(world, { op: "useradd", request: { address } }, NOW);
  const added = apply(world, { op: "groupadd", request: { members: addresses } }, NOW);
  if (!added.ok) throw new Error(added.refusal.error);
  return { world, gid: added.result.group.gid };
}

/** Nanoseconds of one edit: a permission of one member changes, another member leaves and comes back. */
function time({ world, gid }: { readonly world: World; readonly gid: number }): number {
  const edit = (address: string, remove: boolean, send: boolean): void => {
    const request = { gid, members: [address], permissions: { ...noPermissions, send }, remove };
    apply(world, { op: "groupeditmembers", request }, NOW);
  };
  const started = process.hrtime.bigint();
  for (let index = 0; index < EDITS; index += 4) {
    edit("user3@example.com", false, true);
    edit("user3@example.com", false, false);
    edit("user7@example.com", true, false);
    edit("user7@example.com", false, false);
  }
  return Number(process.hrtime.bigint() - started) / EDITS;
}

/** What one edit costs in a group of `members`, beside one in a group of 10. */
export function editCost(members: number): Measurement {
  const small = worldWith(10);
  const large = worldWith(members);
  for (const world of [small, large, small, large]) time(world);
  const small10: number[] = [];
  const largeN: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    small10.push(time(small));
    largeN.push(time(large));
  }
  return paired(
    {
      name: `one edit in a group of ${members.toLocaleString("en")} members`,
      of: "one edit in a group of 10",
      target: "about 1",
      unit: "ns",
    },
    [String(members), largeN],
    ["10", small10],
  );
}
