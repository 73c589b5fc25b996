import { decodeFlags } from "@mesibo-groups/core";
import { isTime, MAX_TIME, type ClockState } from "../clock.ts";
import { remember } from "../engine/deliveries.ts";
import { permissionsOfBits } from "../engine/permission-set.ts";
import { appendMember, createRoster, type Roster } from "../engine/roster.ts";
import { createWorld, MAX_DELIVERIES, userAt, type World } from "../engine/world.ts";
import { parse } from "../parse.ts";
import { SNAPSHOT_FORMAT, SNAPSHOT_VERSION, snapshotSchema, type Snapshot } from "./schema.ts";

/** A world from a snapshot, or why there is none. */
export type ReadSnapshot =
  | { readonly ok: true; readonly world: World; readonly clock: ClockState }
  | { readonly ok: false; readonly reason: string };

/** Why a snapshot that has the right shape is no world. */
class Contradiction extends Error {
  override readonly name = "Contradiction";
}

/** How far a counter of somebody else's snapshot may be: the engine counts on from it, and has a way to go. */
const MAX_COUNTER = 2 ** 31;

function checkCounters({ next, groups, clock }: Snapshot): void {
  const { offset, frozen_at = 0 } = clock;
  if (!isTime(frozen_at) || Math.abs(offset) > MAX_TIME)
    throw new Contradiction(`its clock shows no time from 0 to ${MAX_TIME} in Unix seconds`);
  const counters = [
    ...Object.entries(next).map(([name, value]) => [`next.${name}`, value] as const),
    ...groups.map(({ gid, next_ordinal }) => [`next_ordinal of group ${gid}`, next_ordinal] as const),
  ];
  const far = counters.find(([, value]) => value > MAX_COUNTER);
  if (far !== undefined)
    throw new Contradiction(`${far[0]} is ${far[1]}, and must be at most ${MAX_COUNTER}`);
}

function rosterOf({ gid, members, next_ordinal }: Snapshot["groups"][number], world: World): Roster {
  const roster = createRoster();
  let last = -1;
  for (const [address, ordinal, bits] of members) {
    const who = (): string => `member ${JSON.stringify(address)} of group ${gid}`;
    const user = userAt(world, address);
    if (user === undefined) throw new Contradiction(`${who()} is no user`);
    if (roster.index.has(address)) throw new Contradiction(`${who()} is there twice`);
    if (ordinal <= last) throw new Contradiction(`${who()} is not in the order of joining`);
    last = ordinal;
    appendMember(roster, { address: user.address, permissions: permissionsOfBits(bits), ordinal });
  }
  if (next_ordinal <= last) throw new Contradiction(`next_ordinal of group ${gid} lies behind its members`);
  roster.nextOrdinal = next_ordinal;
  return roster;
}

function addUsers(world: World, { users, next }: Snapshot): void {
  for (const user of users) {
    if (world.users.has(user.uid)) throw new Contradiction(`uid ${user.uid} is there twice`);
    if (world.uids.has(user.address))
      throw new Contradiction(`address ${JSON.stringify(user.address)} is there twice`);
    if (user.uid >= next.uid) throw new Contradiction(`next.uid lies behind uid ${user.uid}`);
    world.users.set(user.uid, user);
    world.uids.set(user.address, user.uid);
  }
}

function addGroups(world: World, snapshot: Snapshot): void {
  for (const group of snapshot.groups) {
    const { gid, name, flag, expires_at, expiryext, active, pinned, sflags, cursor } = group;
    if (world.groups.has(gid)) throw new Contradiction(`gid ${gid} is there twice`);
    if (gid >= snapshot.next.gid) throw new Contradiction(`next.gid lies behind gid ${gid}`);
    world.groups.set(gid, {
      gid,
      owner: world.owner,
      name,
      flags: decodeFlags(flag),
      expiresAt: expires_at,
      expiryext,
      active,
      pinned,
      sflags,
      cursor,
      roster: rosterOf(group, world),
    });
  }
}

function worldOf(snapshot: Snapshot): World {
  const world = createWorld();
  addUsers(world, snapshot);
  addGroups(world, snapshot);
  const { uid, gid, mid, token } = snapshot.next;
  const late = snapshot.deliveries.find((delivery) => delivery.mid >= mid);
  if (late !== undefined) throw new Contradiction(`next.mid lies behind mid ${late.mid}`);
  for (const delivery of snapshot.deliveries.slice(-MAX_DELIVERIES))
    remember(world, { ...delivery, gid: delivery.gid });
  world.nextUid = uid;
  world.nextGid = gid;
  world.nextMid = mid;
  world.nextToken = token;
  return world;
}

function versionFault(value: unknown): string | undefined {
  const member = (name: string): unknown =>
    typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
  if (member("format") !== SNAPSHOT_FORMAT) return `it is no snapshot: its format is not ${SNAPSHOT_FORMAT}`;
  const version = member("version");
  if (typeof version !== "number" || version <= SNAPSHOT_VERSION) return undefined;
  return `it has version ${version}, and this mock reads up to ${SNAPSHOT_VERSION}; use a newer mesibo-mock`;
}

function read(value: unknown, check: (snapshot: Snapshot) => void): ReadSnapshot {
  const fault = versionFault(value);
  if (fault !== undefined) return { ok: false, reason: fault };
  const parsed = parse(snapshotSchema, value, "snapshot");
  if (!parsed.ok) return parsed;
  try {
    check(parsed.data);
    const { offset, frozen_at } = parsed.data.clock;
    return { ok: true, world: worldOf(parsed.data), clock: { offset, frozenAt: frozen_at } };
  } catch (error) {
    if (error instanceof Contradiction) return { ok: false, reason: error.message };
    throw error;
  }
}

/** Makes a world of a snapshot. One of another format, of a newer version or with contradictions is refused. */
export const readSnapshot = (value: unknown): ReadSnapshot => read(value, checkCounters);

/** Makes a world of a snapshot that a mock has written for itself: it is taken however far the mock had counted. */
export const readOwnSnapshot = (value: unknown): ReadSnapshot => read(value, () => {});
