import { permissionNames, type Address, type PermissionName, type Permissions } from "@mesibo-groups/core";
import { addressesIn, fieldOf } from "../form.ts";
import { groupOf } from "./live.ts";
import { backTo, type Action, type Visit } from "../page.ts";
import { send } from "../send.ts";

/** The anchor of a member's row, and of a switch in it. */
export const anchorOf = (uid: number, name?: PermissionName): string =>
  name === undefined ? `m${uid}` : `m${uid}-${name}`;

const isPermission = (name: string | undefined): name is PermissionName =>
  permissionNames.some((each) => each === name);

/** The permissions that are ticked; the others are off. */
const permissionsIn = (form: URLSearchParams): Permissions => ({
  send: form.has("send"),
  receive: form.has("receive"),
  publish: form.has("publish"),
  subscribe: form.has("subscribe"),
  list: form.has("list"),
});

/** The member of a row: their uid, since no form carries every address. */
function memberIn({ entry }: Visit, form: URLSearchParams): { uid: number; members: readonly Address[] } {
  const uid = Number(fieldOf(form, "uid"));
  const address = entry.world.users.get(uid)?.address;
  return { uid, members: address === undefined ? [] : [address] };
}

/** Adds the addresses of a form. */
export const addMembers: Action = async (visit, form) => {
  const { gid } = groupOf(visit);
  const members = addressesIn(form, "members");
  const permissions = permissionsIn(form);
  const sent = await send(visit, "groupeditmembers", { gid, members, permissions, remove: false });
  return sent.ok ? { to: backTo(visit, sent.n, "members") } : sent;
};

/** Turns one permission of a member on or off. */
export const changeMember: Action = async (visit, form) => {
  const { gid } = groupOf(visit);
  const { uid, members } = memberIn(visit, form);
  const [name, value] = fieldOf(form, "permission").split("=");
  const permissions = isPermission(name) ? { [name]: value === "1" } : {};
  const sent = await send(visit, "groupeditmembers", { gid, members, permissions, remove: false });
  return sent.ok ? { to: backTo(visit, sent.n, isPermission(name) ? anchorOf(uid, name) : "members") } : sent;
};

/** Removes a member. */
export const removeMember: Action = async (visit, form) => {
  const { gid } = groupOf(visit);
  const { members } = memberIn(visit, form);
  const sent = await send(visit, "groupeditmembers", { gid, members, permissions: {}, remove: true });
  return sent.ok ? { to: backTo(visit, sent.n, "members") } : sent;
};
