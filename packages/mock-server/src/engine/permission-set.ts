import { noPermissions, permissionNames, type Permissions } from "@mesibo-groups/core";

// A world may have a million members, but there are no more than 32 kinds of them: each kind is one object.
const kinds: readonly Permissions[] = Array.from({ length: 2 ** permissionNames.length }, (_, bits) =>
  Object.freeze({
    send: (bits & 1) !== 0,
    receive: (bits & 2) !== 0,
    publish: (bits & 4) !== 0,
    subscribe: (bits & 8) !== 0,
    list: (bits & 16) !== 0,
  }),
);

/** Permissions as a number from 0 to 31: `send` is bit 0, then in the order of `permissionNames`. */
export const permissionBits = ({ send, receive, publish, subscribe, list }: Permissions): number =>
  (send ? 1 : 0) | (receive ? 2 : 0) | (publish ? 4 : 0) | (subscribe ? 8 : 0) | (list ? 16 : 0);

/** The permissions of a number from 0 to 31. */
export const permissionsOfBits = (bits: number): Permissions => kinds[bits] ?? noPermissions;

/** Permissions with some changed. */
export function changePermissions(before: Permissions, changes: Partial<Permissions>): Permissions {
  const { send, receive, publish, subscribe, list } = before;
  return permissionsOfBits(
    permissionBits({
      send: changes.send ?? send,
      receive: changes.receive ?? receive,
      publish: changes.publish ?? publish,
      subscribe: changes.subscribe ?? subscribe,
      list: changes.list ?? list,
    }),
  );
}
