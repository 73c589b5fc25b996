import type { ClockState } from "../clock.ts";
import { permissionBits } from "../engine/permission-set.ts";
import { membersOf } from "../engine/roster.ts";
import type { Delivery, GroupState, World } from "../engine/world.ts";
import { groupFacts } from "../group-facts.ts";
import { SNAPSHOT_FORMAT, SNAPSHOT_VERSION, type Snapshot } from "./schema.ts";

function groupOf(group: GroupState): Snapshot["groups"][number] {
  const { gid, cursor, roster } = group;
  return {
    gid,
    ...groupFacts(group),
    cursor,
    next_ordinal: roster.nextOrdinal,
    members: Array.from(membersOf(roster), ({ address, ordinal, permissions }) => [
      address,
      ordinal,
      permissionBits(permissions),
    ]),
  };
}

function deliveryOf({ gid, ...rest }: Delivery): Snapshot["deliveries"][number] {
  return gid === undefined ? rest : { ...rest, gid };
}

/** A world and its clock as versioned JSON. Says nothing of the app token, the journal and the faults. */
export function writeSnapshot(world: World, { offset, frozenAt }: ClockState): Snapshot {
  const { nextUid, nextGid, nextMid, nextToken } = world;
  return {
    format: SNAPSHOT_FORMAT,
    version: SNAPSHOT_VERSION,
    clock: { offset, ...(frozenAt === undefined ? {} : { frozen_at: frozenAt }) },
    next: { uid: nextUid, gid: nextGid, mid: nextMid, token: nextToken },
    users: [...world.users.values()],
    groups: Array.from(world.groups.values(), groupOf),
    deliveries: world.deliveries.map(deliveryOf),
  };
}
