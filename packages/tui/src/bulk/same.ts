import { permissionNames, type Permissions } from "@mesibo-groups/core";

/** Whether all five permissions are equal. */
export const samePermissions = (a: Permissions, b: Permissions): boolean =>
  permissionNames.every((name) => a[name] === b[name]);
