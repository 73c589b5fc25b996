import { normalFlags } from "@mesibo-groups/core";
import type { NewGroup } from "../../src/directory/groups.ts";

/** A group for the store. */
export const newGroup = (gid: number, more: Partial<NewGroup> = {}): NewGroup => ({
  gid,
  name: `Group ${gid}`,
  flags: normalFlags,
  expiresAt: 2_000_000_000_000,
  expiryExtension: 0,
  active: true,
  source: "created",
  at: 1_800_000_000_000,
  ...more,
});
