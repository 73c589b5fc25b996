import type { Address, Gid, GroupFlags, Uid } from "@mesibo-groups/core";
import type { Roster } from "./roster.ts";

/** A user of one app. */
export interface UserState {
  readonly uid: Uid;
  readonly address: Address;
  name: string;
  appid: string;
  /** The user's access token; empty where none was made. */
  token: string;
  active: boolean;
  pinned: boolean;
  flag: number;
  /** Groups that the user is a member of, so that deleting a user costs no search. */
  readonly gids: Set<Gid>;
}

/** A group of one app. */
export interface GroupState {
  readonly gid: Gid;
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

/** One message as one address got it. */
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
}

/** Everything behind one app token. */
export interface World {
  readonly users: Map<Uid, UserState>;
  readonly uids: Map<Address, Uid>;
  readonly groups: Map<Gid, GroupState>;
  /** The latest deliveries, oldest first, at most {@link MAX_DELIVERIES}. */
  readonly deliveries: Delivery[];
  nextUid: Uid;
  nextGid: Gid;
  nextMid: number;
  nextToken: number;
}

/** How many deliveries a world remembers. */
export const MAX_DELIVERIES = 10_000;

// mesibo: real gids are ascending numbers of five or six digits; the recorded answer has 102529 (ND).
const FIRST_GID = 102_529;
const FIRST_UID = 1_001;

/** A world without users and groups. Its first gid is 102529. */
export function createWorld(): World {
  return {
    users: new Map(),
    uids: new Map(),
    groups: new Map(),
    deliveries: [],
    nextUid: FIRST_UID,
    nextGid: FIRST_GID,
    nextMid: 1,
    nextToken: 1,
  };
}
