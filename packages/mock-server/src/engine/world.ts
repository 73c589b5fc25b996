import type { Address, Gid, GroupFlags, Uid } from "@mesibo-groups/core";
import type { Behaviour } from "./behaviour.ts";
import type { Roster } from "./roster.ts";

/** A user of one app. Never changed in place, so that forks can share it. */
export interface UserState {
  readonly uid: Uid;
  readonly address: Address;
  readonly name: string;
  readonly appid: string;
  /** The user's access token; empty where none was made. */
  readonly token: string;
  readonly active: boolean;
  readonly pinned: boolean;
  /** Whether the user is connected, as a test says; nobody is at first. */
  readonly online: boolean;
  readonly flag: number;
}

/** A group of one app. Changed only through `ownGroup`, since forks share it until one of them changes it. */
export interface GroupState {
  readonly gid: Gid;
  /** The world that may change it in place. */
  readonly owner: object;
  name: string;
  flags: GroupFlags;
  /** Unix seconds. */
  expiresAt: number;
  /** Seconds by which an activity pushes the expiry; 0 is off. */
  expiryext: number;
  active: boolean;
  pinned: boolean;
  sflags: number;
  readonly roster: Roster;
  /** Ordinal of the member who was last in turn; -1 before the first message. */
  cursor: number;
}

/**
 * What became of a message on its way to one address: `delivered` to a user who is online, `waiting` for one who
 * is not, or `lost` because it is not stored.
 */
export type DeliveryState = "delivered" | "waiting" | "lost";

/** One message on its way to one address. */
export interface Delivery {
  readonly mid: number;
  readonly from: Address;
  readonly to: Address;
  /** Undefined for a message from one user to another. */
  readonly gid: Gid | undefined;
  readonly text: string;
  /** Unix seconds. */
  readonly at: number;
  /** Whether it is kept while the recipient is offline. */
  readonly stored: boolean;
  readonly state: DeliveryState;
}

/** Everything behind one app token. */
export interface World {
  /** Stands for this world in what it owns; changes when it is forked. */
  owner: object;
  readonly users: Map<Uid, UserState>;
  readonly uids: Map<Address, Uid>;
  readonly groups: Map<Gid, GroupState>;
  /** The latest deliveries, oldest first, at most {@link MAX_DELIVERIES} with {@link MAX_DELIVERED_TEXT}. */
  readonly deliveries: Delivery[];
  /** Characters of all deliveries' texts. */
  deliveredText: number;
  /** Behaviours without a source that the latest answers rest on, until somebody takes them away. */
  relied: Behaviour[];
  nextUid: Uid;
  nextGid: Gid;
  nextMid: number;
  nextToken: number;
}

/** How many deliveries a world remembers. */
export const MAX_DELIVERIES = 10_000;

/**
 * How many characters the texts of the deliveries have that a world remembers, unless one alone has more: a world is
 * written down as one text, which must not become too long for JavaScript.
 */
export const MAX_DELIVERED_TEXT = 32 * 1024 * 1024;

// mesibo: real gids are ascending numbers of five or six digits; the recorded answer has 102529 (ND).
const FIRST_GID = 102_529;
const FIRST_UID = 1_001;

/** A world without users and groups. Its first gid is 102529. */
export function createWorld(): World {
  return {
    owner: {},
    users: new Map(),
    uids: new Map(),
    groups: new Map(),
    deliveries: [],
    deliveredText: 0,
    relied: [],
    nextUid: FIRST_UID,
    nextGid: FIRST_GID,
    nextMid: 1,
    nextToken: 1,
  };
}

/** Finds a user by address. */
export function userAt(world: World, address: Address): UserState | undefined {
  const uid = world.uids.get(address);
  return uid === undefined ? undefined : world.users.get(uid);
}
