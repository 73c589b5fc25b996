import type { Address, Permissions } from "@mesibo-groups/core";
import { permissionBits, permissionsOfBits } from "./permission-set.ts";

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
 *
 * No object for each member: a million of them would weigh 50 MiB.
 */
export interface Roster {
  /** Addresses in the order of joining, with gaps where somebody has left. */
  addresses: (Address | undefined)[];
  /** Of the member in the same place: 32 times the ordinal, and the permissions as bits. */
  facts: number[];
  /** The place of an address; -1 for one that has left. */
  index: Map<Address, number>;
  size: number;
  nextOrdinal: number;
}

const GONE = -1;
const MIN_GAPS = 64;
const KINDS = 32;

// Most groups of a test have nobody in them, and lists of their own would be most of their weight.
const noIndex: Roster["index"] = new Map();
const nobody: Roster["addresses"] = [];
const noFacts: Roster["facts"] = [];

/** A roster without members. */
export const createRoster = (): Roster => ({
  addresses: nobody,
  facts: noFacts,
  index: noIndex,
  size: 0,
  nextOrdinal: 0,
});

/** A roster of the same members that goes on by itself. */
export const copyRoster = (roster: Roster): Roster =>
  roster.index === noIndex
    ? { ...roster }
    : {
        ...roster,
        addresses: [...roster.addresses],
        facts: [...roster.facts],
        index: new Map(roster.index),
      };

function memberIn({ addresses, facts }: Roster, place: number): RosterMember | undefined {
  const address = addresses[place];
  const fact = facts[place];
  if (address === undefined || fact === undefined) return undefined;
  return { address, permissions: permissionsOfBits(fact % KINDS), ordinal: Math.floor(fact / KINDS) };
}

/** The membership of an address. */
export function memberAt(roster: Roster, address: Address): RosterMember | undefined {
  const place = roster.index.get(address) ?? GONE;
  return place === GONE ? undefined : memberIn(roster, place);
}

const factOf = (ordinal: number, permissions: Permissions): number =>
  ordinal * KINDS + permissionBits(permissions);

/** Adds a member behind all others, with an ordinal above theirs. */
export function appendMember(roster: Roster, { address, permissions, ordinal }: RosterMember): void {
  if (roster.index === noIndex) {
    roster.index = new Map();
    roster.addresses = [];
    roster.facts = [];
  }
  roster.index.set(address, roster.addresses.length);
  roster.addresses.push(address);
  roster.facts.push(factOf(ordinal, permissions));
  roster.nextOrdinal = ordinal + 1;
  roster.size += 1;
}

/** Adds a member at the end, or gives a known one other permissions in their old place. */
export function putMember(roster: Roster, address: Address, permissions: Permissions): void {
  const place = roster.index.get(address) ?? GONE;
  const fact = place === GONE ? undefined : roster.facts[place];
  if (fact === undefined) appendMember(roster, { address, permissions, ordinal: roster.nextOrdinal });
  else roster.facts[place] = factOf(Math.floor(fact / KINDS), permissions);
}

/** Removes a member; who is none is no error. */
export function dropMember(roster: Roster, address: Address): void {
  const place = roster.index.get(address) ?? GONE;
  if (place === GONE) return;
  roster.addresses[place] = undefined;
  roster.index.set(address, GONE);
  roster.size -= 1;
  if (roster.addresses.length - roster.size > Math.max(MIN_GAPS, roster.size)) compact(roster);
}

function compact(roster: Roster): void {
  const members = [...membersOf(roster)];
  roster.addresses = members.map(({ address }) => address);
  roster.facts = members.map(({ ordinal, permissions }) => factOf(ordinal, permissions));
  roster.index = new Map(members.map(({ address }, place) => [address, place]));
}

/** The members in the order of joining. */
export function* membersOf(roster: Roster): Generator<RosterMember> {
  for (let place = 0; place < roster.addresses.length; place += 1) {
    const member = memberIn(roster, place);
    if (member !== undefined) yield member;
  }
}
