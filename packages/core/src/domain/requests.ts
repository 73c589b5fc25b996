import type { GroupFlags } from "./flags.ts";
import type { Gid } from "./group.ts";
import type { Address, Uid } from "./member.ts";
import type { Permissions } from "./permissions.ts";

/** `useradd`: make a user, or give a known one a new token. */
export interface UserAdd {
  readonly address: Address;
  readonly name?: string | undefined;
  /** Android package, iOS bundle id or any text. Without it mesibo's v2 makes no token (D2u). */
  readonly appid?: string | undefined;
  /** Lifetime of the user token in **minutes**. Default: 525600, one year. */
  readonly expiry?: number | undefined;
  readonly active?: boolean | undefined;
}

/** Names one user, by uid (v1) or by address (v2). One of the two is required. */
export interface UserRef {
  readonly uid?: Uid | undefined;
  readonly address?: Address | undefined;
}

/** `userset`: change a user; what is not given stays. */
export interface UserSet extends UserRef {
  readonly name?: string | undefined;
  /** Unsigned 32-bit; its bits are not documented. */
  readonly flag?: number | undefined;
  readonly active?: boolean | undefined;
  readonly pinned?: boolean | undefined;
}

/** `userdel`: remove a user and their memberships. */
export interface UserDel extends UserRef {}

/** `usersget`: list users. */
export interface UsersGet {
  /** Exact address or a pattern with `*`. Default: every user. */
  readonly pattern?: string | undefined;
  /** How many at most. Default: 20. */
  readonly count?: number | undefined;
}

/** `usertoken`: make or remove a user token. */
export interface UserToken extends UserRef {
  readonly appid?: string | undefined;
  /** Lifetime in **minutes**. Default: 525600, one year. */
  readonly expiry?: number | undefined;
  readonly remove?: boolean | undefined;
}

/** What a group is made of, apart from its members. */
export interface GroupSettings {
  readonly name?: string | undefined;
  readonly flags?: GroupFlags | undefined;
  /** Lifetime in **seconds**; 0 means the default of one year (assumed, from CONF). */
  readonly expiry?: number | undefined;
  /** **Seconds** by which each activity pushes the expiry; 0 is off. */
  readonly expiryext?: number | undefined;
  readonly active?: boolean | undefined;
  readonly pinned?: boolean | undefined;
  /** Group-call settings, unsigned 32-bit, as mesibo packs them (CONF). */
  readonly sflags?: number | undefined;
}

/** Members that a group request names, with the permissions they get. */
export interface GroupMembers {
  readonly members?: readonly Address[] | undefined;
  readonly permissions?: Partial<Permissions> | undefined;
}

/** `groupadd`: make a group. Never idempotent: two calls make two groups. */
export interface GroupAdd extends GroupSettings, GroupMembers {}

/** `groupset`: change a group; what is not given stays, but `members` **replaces** the whole list (CONF, MAB). */
export interface GroupSet extends GroupSettings, GroupMembers {
  readonly gid: Gid;
}

/** `groupdel`: delete a group with all its memberships. */
export interface GroupDel {
  readonly gid: Gid;
}

/** `groupeditmembers`: add, change or remove members. */
export interface GroupEditMembers {
  readonly gid: Gid;
  readonly members: readonly Address[];
  /** What is not given is off for a new member and stays for a known one (assumed). */
  readonly permissions: Partial<Permissions>;
  readonly remove: boolean;
}

/** `groupgetmembers`: list members. */
export interface GroupGetMembers {
  readonly gid: Gid;
  /** How many at most. Default: 20. */
  readonly count?: number | undefined;
}

/** `groupsget`: list groups. */
export interface GroupsGet {
  /** Exact name or a pattern with `*`. Default: every group. */
  readonly pattern?: string | undefined;
  /** How many at most. Default: 20. */
  readonly count?: number | undefined;
}

/** `message`: send a message to users, to a group, or both. */
export interface Message {
  readonly from: Address;
  readonly to: readonly Address[];
  readonly gid?: Gid | undefined;
  readonly text: string;
  readonly type?: number | undefined;
  /** Seconds. Default: one year. */
  readonly expiry?: number | undefined;
  /** Unsigned 32-bit; 4 is a transient message (MAB). */
  readonly flag?: number | undefined;
  /** Make users who do not exist. */
  readonly forced?: boolean | undefined;
}

/** The request of every operation, by mesibo's `op`. */
export interface Requests {
  useradd: UserAdd;
  userset: UserSet;
  userdel: UserDel;
  usersget: UsersGet;
  usertoken: UserToken;
  groupadd: GroupAdd;
  groupset: GroupSet;
  groupdel: GroupDel;
  groupeditmembers: GroupEditMembers;
  groupgetmembers: GroupGetMembers;
  groupsget: GroupsGet;
  message: Message;
}

/** mesibo's `op`: the name of an operation. */
export type OpName = keyof Requests;
