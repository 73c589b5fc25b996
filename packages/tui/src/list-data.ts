import { encodeFlags, type Group, type MemberRow } from "@mesibo-groups/core";

/** A group as data, for commands and files. */
export function groupData({ gid, name, flags, expiry, expiryext, active, pinned }: Group) {
  const { send, receive, store, loopback, other } = flags;
  const flag = encodeFlags(flags);
  return {
    gid,
    name,
    flag,
    flags: { send, receive, store, loopback, other },
    expiry,
    expiryext,
    active,
    pinned,
  };
}

/** A member as data, for commands and files. */
export const memberData = ({ address, permissions, uid }: MemberRow) => ({
  address,
  permissions,
  ...(uid === undefined ? {} : { uid }),
});
