import { permissionNames, type PermissionName, type Permissions } from "@mesibo-groups/core";
import type { Options, Values } from "../options.ts";

const permission = (about: string) => ({ type: "boolean", negatable: true, about }) as const;

/** One option for each permission. */
export const permissionOptions = {
  send: permission("may send, where the group's flag asks for it"),
  receive: permission("may receive, where the group's flag asks for it"),
  publish: permission("may publish a stream in a call"),
  subscribe: permission("may view a stream in a call"),
  list: permission("may list the publishers of a call"),
} as const satisfies Options & Record<PermissionName, unknown>;

/** Whether any permission was named. */
export const namesPermission = (values: Values<typeof permissionOptions>): boolean =>
  permissionNames.some((name) => values[name] !== undefined);

/** Permissions with what the options say; the rest stays. */
export const changedPermissions = (
  present: Permissions,
  { send, receive, publish, subscribe, list }: Values<typeof permissionOptions>,
): Permissions => ({
  send: send ?? present.send,
  receive: receive ?? present.receive,
  publish: publish ?? present.publish,
  subscribe: subscribe ?? present.subscribe,
  list: list ?? present.list,
});
