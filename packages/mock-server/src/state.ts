import { formatFlags } from "@mesibo-groups/core";
import { liveGroups } from "./engine/expiry.ts";
import { membersOf } from "./engine/roster.ts";
import type { GroupState, UserState } from "./engine/world.ts";
import { groupFacts } from "./group-facts.ts";
import type { WorldEntry } from "./worlds.ts";

// What a world holds, as plain data that may be shown: user tokens are left out.

const userState = ({ uid, address, name, appid, token, active, pinned, online, flag }: UserState) => ({
  uid,
  address,
  name,
  appid,
  has_token: token !== "",
  active,
  pinned,
  online,
  flag,
});

const groupState = (group: GroupState) => ({
  gid: group.gid,
  ...groupFacts(group),
  flags: formatFlags(group.flags, "names"),
  members: Array.from(membersOf(group.roster), ({ address, permissions }) => ({ address, permissions })),
});

/** Everything in a world, groups whose time is over left out. */
export function worldState({ id, world, clock }: WorldEntry) {
  const now = clock.now();
  return {
    id,
    now,
    users: Array.from(world.users.values(), userState),
    groups: liveGroups(world, now).map(groupState),
  };
}

/** The groups that end next, soonest first. */
export function expiresNext({ world, clock }: WorldEntry, limit = 20) {
  const now = clock.now();
  return liveGroups(world, now)
    .toSorted((a, b) => a.expiresAt - b.expiresAt)
    .slice(0, limit)
    .map(({ gid, name, expiresAt }) => ({ gid, name, expires_at: expiresAt, in_seconds: expiresAt - now }));
}
