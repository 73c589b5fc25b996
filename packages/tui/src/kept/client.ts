import type { Client, MembersOptions } from "@mesibo-groups/core";
import { opClasses } from "../call/op-class.ts";
import type { Change } from "./change.ts";
import type { Entry, Owner } from "./entry.ts";
import { doubtIn, doubtWords, noRoomError } from "./failure.ts";
import { newOperationId } from "./id.ts";
import { sendKept, type Send } from "./send.ts";
import type { Store } from "./store.ts";

/** Where changes are kept, and for whom. */
export interface Keeping {
  readonly store: Store;
  readonly owner: Owner;
}

/** Whatever changes something goes through this. */
type Keep = <T>(change: Change, options: MembersOptions | undefined, send: Send<T>) => Promise<T>;

const createKeep =
  ({ store, owner }: Keeping): Keep =>
  (change, options, send) => {
    const createdAt = Date.now();
    const entry: Entry = {
      id: newOperationId(createdAt),
      owner,
      change,
      createdAt,
      sender: undefined,
      detail: "",
    };
    const beforeSend = async (): Promise<void> => {
      await options?.beforeSend?.();
      const full = await store.full();
      if (full !== undefined) throw noRoomError(change.op, full);
    };
    const leftOf = (error: unknown): Entry | undefined => {
      const doubt = doubtIn(change, error);
      return doubt === undefined ? undefined : { ...entry, change: doubt, detail: doubtWords(error) };
    };
    return sendKept({ store, entry, options: { ...options, beforeSend }, leftOf }, send);
  };

/** The same client, which keeps each change until its outcome is known. */
export function keepingClient(client: Client, keeping: Keeping): Client {
  const { groups, members, users } = client;
  const keep = createKeep(keeping);
  return {
    ...client,
    groups: {
      ...groups,
      create: (request, options) =>
        keep({ op: "groupadd", request }, options, (kept) => groups.create(request, kept)),
      edit: (request, options) =>
        keep({ op: "groupset", request }, options, (kept) => groups.edit(request, kept)),
      delete: (gid, options) =>
        keep({ op: "groupdel", request: { gid } }, options, (kept) => groups.delete(gid, kept)),
    },
    members: {
      ...members,
      add: (edit, options) => {
        const { gid, addresses, permissions } = edit;
        const request = { gid, members: addresses, permissions, remove: false };
        return keep({ op: "groupeditmembers", request }, options, (kept) => members.add(edit, kept));
      },
      remove: (edit, options) => {
        const { gid, addresses } = edit;
        const request = { gid, members: addresses, permissions: {}, remove: true };
        return keep({ op: "groupeditmembers", request }, options, (kept) => members.remove(edit, kept));
      },
    },
    users: {
      ...users,
      create: (request, options) =>
        keep({ op: "useradd", request }, options, (kept) => users.create(request, kept)),
      edit: (request, options) =>
        keep({ op: "userset", request }, options, (kept) => users.edit(request, kept)),
      delete: (request, options) =>
        keep({ op: "userdel", request }, options, (kept) => users.delete(request, kept)),
      token: (request, options) =>
        keep({ op: "usertoken", request }, options, (kept) => users.token(request, kept)),
    },
    send: (request, options) =>
      keep({ op: "message", request }, options, (kept) => client.send(request, kept)),
    call: (op, request, options) =>
      opClasses[op] === "asks"
        ? client.call(op, request, options)
        : keep({ op, request }, options, (kept) => client.call(op, request, kept)),
  };
}
