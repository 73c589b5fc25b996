import type { Gid, Group } from "./group.ts";
import type { Address, Member, Uid } from "./member.ts";

/** An operation that answers nothing but that it is done. */
export interface Done {}

/** A user as `useradd` and `usertoken` answer. */
export interface UserResult {
  readonly user: {
    readonly uid: Uid;
    /** mesibo's v1 leaves it out. */
    readonly address?: Address | undefined;
    readonly appid?: string | undefined;
    /** The user's access token, where one was made. Secret. */
    readonly token?: string | undefined;
  };
}

/** A user as `usersget` lists. */
export interface UserRow {
  readonly uid: Uid;
  readonly address: Address;
  readonly active: boolean;
  readonly pinned: boolean;
  readonly online: boolean;
  readonly flag: number;
  readonly appid: string;
}

/** Answer of `usersget`. */
export interface UsersResult {
  readonly users: readonly UserRow[];
  /** Users in this answer. */
  readonly count: number;
  /** All users of the app. */
  readonly userscount: number;
}

/** Answer of `groupadd` and `groupset`. */
export interface GroupResult {
  readonly group: { readonly gid: Gid };
}

/** A member as `groupgetmembers` lists. mesibo's v1 gives no uid. */
export interface MemberRow extends Member {
  readonly uid?: Uid | undefined;
}

/** Answer of `groupgetmembers`. mesibo's v1 gives the members alone. */
export interface MembersResult {
  /** Members in this answer (PARK). */
  readonly count?: number | undefined;
  readonly gid?: Gid | undefined;
  readonly members: readonly MemberRow[];
}

/** Answer of `groupsget`. */
export interface GroupsResult {
  readonly groups: readonly Group[];
  /** Groups in this answer. */
  readonly count: number;
  /** All groups of the app. */
  readonly groupscount: number;
}

/** Answer of `message`. */
export interface MessageResult {
  /** The message's id; an older copy of the documentation shows none (D2m). */
  readonly mid?: number | undefined;
}

/** The result of every operation, by mesibo's `op`. */
export interface Results {
  useradd: UserResult;
  userset: Done;
  userdel: Done;
  usersget: UsersResult;
  usertoken: UserResult;
  groupadd: GroupResult;
  groupset: GroupResult;
  groupdel: Done;
  groupeditmembers: Done;
  groupgetmembers: MembersResult;
  groupsget: GroupsResult;
  message: MessageResult;
}
