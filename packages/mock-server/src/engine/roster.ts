import type { Address, Permissions } from "@mesibo-groups/core";

/** A membership. */
export interface RosterMember {
  readonly address: Address;
  readonly permissions: Permissions;
  /** Ascending in the order of joining; decides whose turn it is. */
  readonly ordinal: number;
}

/**
 * The members of a group in the order of joining, found by address.
 *
 * Not a `Map` alone: V8 keeps a removed key in its bucket until it rehashes, so that removing and adding the
 * same member again and again costs more with the size of the group (80 times at 100,000 members). Here a
 * removed address stays as a key without a place, and the roster is rebuilt when half of it is empty.
 */
export interface Roster {
  /** Members in the order of joining, with gaps where somebody has left. */
  places: (RosterMember | undefined)[];
  /** The place of an address; -1 for one that has left. */
  index: Map<Address, number>;
  size: number;
  nextOrdinal: number;
}

const GONE = -1;
const MIN_GAPS = 64;

/** A roster without members. */
export const createRoster = (): Roster => ({ places: [], index: new Map(), size: 0, nextOrdinal: 0 });

/** A roster of the same members that goes on by itself. */
export const copyRoster = (roster: Roster): Roster => ({
  ...roster,
  places: [...roster.places],
  index: new Map(roster.index),
});

/** The membership of an address. */
export function memberAt(roster: Roster, address: Address): RosterMember | undefined {
  const place = roster.index.get(address);
  return place === undefined || place === GONE ? undefined : roster.places[place];
}

/** Adds a member at the end, or gives a known one other permissions in their old place. */
export function putMember(roster: Roster, address: Address, permissions: Permissions): void {
  const place = roster.index.get(address) ?? GONE;
  const known = place === GONE ? undefined : roster.places[place];
  if (known !== undefined) {
    roster.places[place] = { address, permissions, ordinal: known.ordinal };
    return;
  }
  roster.index.set(address, roster.places.length);
  roster.places.push({ address, permissions, ordinal: roster.nextOrdinal });
  roster.nextOrdinal += 1;
  roster.size += 1;
}

/** Removes a member; who is none is no error. */
export function dropMember(roster: Roster, address: Address): void {
  const place = roster.index.get(address) ?? GONE;
  if (place === GONE) return;
  roster.places[place] = undefined;
  roster.index.set(address, GONE);
  roster.size -= 1;
  if (roster.places.length - roster.size > Math.max(MIN_GAPS, roster.size)) compact(roster);
}

function compact(roster: Roster): void {
  roster.places = [...membersOf(roster)];
  roster.index = new Map(roster.places.map((member, place) => [member?.address ?? "", place]));
}

/** The members in the order of joining. */
export function* membersOf({ places }: Roster): Generator<RosterMember> {
  for (const member of places) {
    if (member !== undefined) yield member;
  }
}
