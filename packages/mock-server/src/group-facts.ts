import { encodeFlags } from "@mesibo-groups/core";
import type { GroupState } from "./engine/world.ts";

/** A group's settings as JSON has them, without its gid and its members. */
export const groupFacts = ({ name, flags, expiresAt, expiryext, active, pinned, sflags }: GroupState) => ({
  name,
  flag: encodeFlags(flags),
  expires_at: expiresAt,
  expiryext,
  active,
  pinned,
  sflags,
});
