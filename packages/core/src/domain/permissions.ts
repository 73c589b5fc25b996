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

/** The five permission names, in mesibo's order. */
export const permissionNames = ["send", "receive", "publish", "subscribe", "list"] as const;

/** One of the five permissions. */
export type PermissionName = (typeof permissionNames)[number];

/** No permission at all: what mesibo gives a member who is added without any (CON). */
export const noPermissions: Permissions = Object.freeze({
  send: false,
  receive: false,
  publish: false,
  subscribe: false,
  list: false,
});

/** Every permission. */
export const allPermissions: Permissions = Object.freeze({
  send: true,
  receive: true,
  publish: true,
  subscribe: true,
  list: true,
});
