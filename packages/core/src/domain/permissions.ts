/**
 * What one member may do. All five are always given: what mesibo does with an omitted one when a member is
 * added again is not published.
 */
export interface Permissions {
  /** On the wire `cs`, in the nested dialect `permissions.send`. */
  readonly send: boolean;
  /** On the wire `cr`, in the nested dialect `permissions.recv`. */
  readonly receive: boolean;
  /** Publish a stream in a call: `canpub`, `permissions.pub`. */
  readonly publish: boolean;
  /** View a stream in a call: `cansub`, `permissions.sub`. */
  readonly subscribe: boolean;
  /** List the active publishers of a call: `canlist`, `permissions.list`. */
  readonly list: boolean;
}

/**
 * The five permission names, in mesibo's order.
 *
 * @example
 * ```ts
 * import { permissionNames } from "@mesibo-groups/core";
 *
 * console.assert(permissionNames.join() === "send,receive,publish,subscribe,list");
 * ```
 */
export const permissionNames = ["send", "receive", "publish", "subscribe", "list"] as const;

/** One of the five permissions. */
export type PermissionName = (typeof permissionNames)[number];

/**
 * No permission at all: what mesibo gives a member who is added without any (CON).
 *
 * @example
 * ```ts
 * import { noPermissions } from "@mesibo-groups/core";
 *
 * const listener = { ...noPermissions, receive: true };
 * console.assert(listener.receive && !listener.send);
 * ```
 */
export const noPermissions: Permissions = Object.freeze({
  send: false,
  receive: false,
  publish: false,
  subscribe: false,
  list: false,
});

/**
 * Every permission.
 *
 * @example
 * ```ts
 * import { allPermissions } from "@mesibo-groups/core";
 *
 * const muted = { ...allPermissions, send: false };
 * console.assert(!muted.send && muted.receive);
 * ```
 */
export const allPermissions: Permissions = Object.freeze({
  send: true,
  receive: true,
  publish: true,
  subscribe: true,
  list: true,
});
