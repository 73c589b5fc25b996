import type { Gid } from "../domain/group.ts";
import type { Address } from "../domain/member.ts";
import type { Permissions } from "../domain/permissions.ts";
import type {
  GroupAdd,
  GroupSettings,
  GroupsGet,
  Message,
  UserAdd,
  UserRef,
  UserSet,
  UserToken,
  UsersGet,
} from "../domain/requests.ts";
import type { GroupsResult, MemberRow, MessageResult, UserResult, UsersResult } from "../domain/results.ts";
import { createCaller, type Call, type Check } from "./call.ts";
import type { MembersReport } from "./errors/members-error.ts";
import type { RefusedError } from "./errors/refused-error.ts";
import { ValidationError } from "./errors/validation-error.ts";
import { batchAddresses, MAX_BATCH_ADDRESSES, MAX_BATCH_BYTES } from "./batch.ts";
import { createGatewayCaller } from "./gateway/caller.ts";
import type { GatewayOptions } from "./gateway/options.ts";
import { editMembers, type MembersOptions } from "./members.ts";
import type { CallOptions, ClientOptions } from "./options.ts";
import type { ClientState } from "./policy/policy.ts";
import type { Quiet } from "./policy/quiet.ts";

/** A new group. Its members, where given, get all five permissions. */
export interface NewGroup extends Omit<GroupAdd, "permissions"> {
  readonly permissions?: Permissions | undefined;
}

/** Members to add, or to give other permissions. */
export interface MembersToAdd {
  readonly gid: Gid;
  readonly addresses: readonly Address[];
  /** All five: what mesibo does with an omitted one on a known member is not published. */
  readonly permissions: Permissions;
}

/** Members to remove. */
export interface MembersToRemove {
  readonly gid: Gid;
  readonly addresses: readonly Address[];
}

/** Operations on groups. */
export interface GroupsApi {
  /** Makes a group (`groupadd`). Never repeated once bytes may have left: a second call makes a second group. */
  readonly create: (group: NewGroup, options?: CallOptions) => Promise<{ readonly gid: Gid }>;
  /** Changes a group (`groupset`); what is not given stays. Never sends members: that would replace them all. */
  readonly edit: (change: GroupSettings & { readonly gid: Gid }, options?: CallOptions) => Promise<void>;
  /** Deletes a group with its memberships (`groupdel`). */
  readonly delete: (gid: Gid, options?: CallOptions) => Promise<void>;
  /** Lists groups (`groupsget`), 20 by default. mesibo documents it for its console and on-premise only. */
  readonly list: (query?: GroupsGet, options?: CallOptions) => Promise<GroupsResult>;
}

/** Operations on members. */
export interface MembersApi {
  /**
   * Adds members, or changes the permissions of known ones (`groupeditmembers`), in batches of at most 100
   * addresses and 6 KiB. Only existing users can be added. Throws `MembersError` unless every address is done.
   */
  readonly add: (members: MembersToAdd, options?: MembersOptions) => Promise<MembersReport>;
  /** Removes members (`groupeditmembers` with `delete`). Throws `MembersError` unless every address is done. */
  readonly remove: (members: MembersToRemove, options?: MembersOptions) => Promise<MembersReport>;
  /** Lists members (`groupgetmembers`), 20 by default and at most 20 on mesibo's v1. */
  readonly list: (
    query: { readonly gid: Gid; readonly count?: number | undefined },
    options?: CallOptions,
  ) => Promise<readonly MemberRow[]>;
}

/** Operations on users. */
export interface UsersApi {
  /** Makes a user, or a new token for a known one (`useradd`). */
  readonly create: (user: UserAdd, options?: CallOptions) => Promise<UserResult["user"]>;
  /** Changes a user (`userset`). */
  readonly edit: (change: UserSet, options?: CallOptions) => Promise<void>;
  /** Deletes a user and their memberships (`userdel`). */
  readonly delete: (user: UserRef, options?: CallOptions) => Promise<void>;
  /** Makes or removes a user token (`usertoken`). */
  readonly token: (request: UserToken, options?: CallOptions) => Promise<UserResult["user"]>;
  /** Lists users (`usersget`), 20 by default. */
  readonly list: (query?: UsersGet, options?: CallOptions) => Promise<UsersResult>;
}

/** A client of mesibo's backend API, or of a mock. */
export interface Client {
  readonly groups: GroupsApi;
  readonly members: MembersApi;
  readonly users: UsersApi;
  /** Sends a message (`message`). */
  readonly send: (message: Message, options?: CallOptions) => Promise<MessageResult>;
  /** Any operation in domain words, typed by its op. */
  readonly call: Call;
  /** Throws the `ValidationError` that `call` would throw before anything is sent, and sends nothing. */
  readonly check: Check;
  /** The `auth` or `breach` error that stopped this client, or undefined while it works. */
  readonly latched: () => RefusedError | undefined;
  /** Stops this client by what stopped another one with the same token, unless it has stopped already. */
  readonly latch: (refusal: RefusedError) => void;
  /** Lets a latched client call again, after the app token has been put right. */
  readonly reset: () => void;
  /** What the client is doing at the moment, and what holds it back. */
  readonly state: () => ClientState;
  /** The groups that are not changed for a while after an unknown outcome (`quietMs`). */
  readonly quiet: Quiet;
}

/** A body that mesibo's front end cuts would make a group without its members, so a long list goes by itself. */
function checkLength(group: NewGroup): void {
  if (batchAddresses(group.members ?? []).length <= 1) return;
  const limit = `at most ${MAX_BATCH_ADDRESSES} addresses and ${MAX_BATCH_BYTES} bytes: create the group, then members.add the others`;
  throw new ValidationError("groupadd", "members", limit);
}

/**
 * Makes a client.
 *
 * The token travels in the body of a POST, never in a URL, and appears in no error and no call record. Calls
 * that change one group wait for each other; at most 8 requests are under way at once, and the other calls wait;
 * the first `AUTHFAIL` or `TOKENBREACH` stops the client until `reset()`. Throws `TypeError` for a wrong option, and in a web page unless the URL is on localhost.
 *
 * With `{ gateway: { url, key } }` the same client calls a gateway, which has the token in this one's place: groups
 * and members, no users and no messages.
 *
 * @example
 * ```ts
 * import { createClient, flagPresets } from "@mesibo-groups/core";
 *
 * const answer = '{"group":{"gid":96734},"op":"groupadd","result":true}';
 * const client = createClient({ token: "app-token", fetch: async () => new Response(answer) });
 * const { gid } = await client.groups.create({ name: "News", flags: flagPresets.broadcast });
 * console.assert(gid === 96734);
 * ```
 */
export function createClient(options: ClientOptions | GatewayOptions): Client {
  const caller = "gateway" in options ? createGatewayCaller(options) : createCaller(options);
  const { call, check, latched, latch, reset, state, quiet } = caller;

  return {
    groups: {
      create: async (group, callOptions) => {
        check("groupadd", group, callOptions);
        checkLength(group);
        return (await call("groupadd", group, callOptions)).group;
      },
      // Field by field: a stray `members` from plain JavaScript would replace the whole list.
      edit: async ({ gid, name, flags, expiry, expiryext, active, pinned, sflags }, callOptions) => {
        await call("groupset", { gid, name, flags, expiry, expiryext, active, pinned, sflags }, callOptions);
      },
      delete: async (gid, callOptions) => {
        await call("groupdel", { gid }, callOptions);
      },
      list: (query = {}, callOptions) => call("groupsget", query, callOptions),
    },
    members: {
      add: ({ gid, addresses, permissions }, callOptions) =>
        editMembers(caller, { gid, members: addresses, permissions, remove: false }, callOptions),
      remove: ({ gid, addresses }, callOptions) =>
        editMembers(caller, { gid, members: addresses, permissions: {}, remove: true }, callOptions),
      list: async (query, callOptions) => (await call("groupgetmembers", query, callOptions)).members,
    },
    users: {
      create: async (user, callOptions) => (await call("useradd", user, callOptions)).user,
      edit: async (change, callOptions) => {
        await call("userset", change, callOptions);
      },
      delete: async (user, callOptions) => {
        await call("userdel", user, callOptions);
      },
      token: async (request, callOptions) => (await call("usertoken", request, callOptions)).user,
      list: (query = {}, callOptions) => call("usersget", query, callOptions),
    },
    send: (message, callOptions) => call("message", message, callOptions),
    call,
    check,
    latched,
    latch,
    reset,
    state,
    quiet,
  };
}
